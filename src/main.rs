//! The `sanctl` command: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    let kind = sanctl::cli::dispatch::main(std::env::args_os().collect());
    ExitCode::from(kind.exit_code())
}
