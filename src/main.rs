//! The `sanctl` command: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args_os().collect();
    if let Some(served) = sanctl::cli::dispatch::serve(&args) {
        return served.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS);
    }
    let kind = sanctl::cli::dispatch::main(args);
    ExitCode::from(kind.exit_code())
}
