//! The permission to change something, as a value.
//!
//! Every seam that can change an array, the kernel or a file of the system asks for a [`Mutate`].
//! Only this file makes one, so a reading command that writes does not compile.

/// Proof that the command now running may change things. Holds nothing; cannot be made elsewhere.
#[derive(Debug)]
pub struct Mutate(());

/// Why a change is permitted. Commands state it; nothing else is needed to get the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The command's class asks no question (it adds, or removes only what is proven ours).
    ByClass,
    /// The user answered yes, or gave `--yes`.
    Answered,
    /// The user typed the name, or gave `--confirm NAME`.
    Typed,
}

/// Gives the token. Called by `cli/` alone, after the questions of the command's class.
pub fn grant(_ground: Ground) -> Mutate {
    Mutate(())
}
