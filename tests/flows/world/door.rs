//! The array as one process meets it: through a gate, with what befalls it on the way, and with
//! every change noted as its own.

use std::sync::{Arc, Mutex, PoisonError};

use sanctl::sim::oceanstor::Practice;
use sanctl::sim::server::{Device, Reply, Request};

use super::fate::{Blow, Fate};
use super::gate::Gate;
use super::truth::{Maker, Truth};

/// A process's way to the array.
pub(crate) struct Door {
    pub(crate) array: Arc<Practice>,
    pub(crate) truth: Arc<Mutex<Truth>>,
    pub(crate) gate: Arc<Gate>,
    pub(crate) fate: Arc<Fate>,
    /// Which process it is.
    pub(crate) who: usize,
    /// Whose work its changes are.
    pub(crate) maker: Mutex<Maker>,
}

/// Closes the connection without an answer, and without the noise of a panic.
fn silence() -> ! {
    std::panic::resume_unwind(Box::new("no answer"))
}

impl Door {
    fn carry(&self, request: &Request) -> Reply {
        if request.method == "GET" || self.route(&request.path) == "/sessions" {
            return self.array.handle(request);
        }
        let maker = *self.maker.lock().unwrap_or_else(PoisonError::into_inner);
        let mut truth = self.truth.lock().unwrap_or_else(PoisonError::into_inner);
        let reply = self.array.handle(request);
        truth.advance(&self.array.dump(), maker, Some(self.who));
        reply
    }
}

impl Device for Door {
    fn handle(&self, request: &Request) -> Reply {
        if self.fate.is_dead() {
            silence();
        }
        let route = self.array.route(&request.path);
        if route == "/sessions" {
            return self.array.handle(request);
        }
        self.gate
            .pass(self.who, &format!("{} {route}", request.method));
        match self.fate.meets() {
            None => self.carry(request),
            Some(Blow::KillBefore) => {
                self.fate.die();
                silence()
            }
            Some(Blow::KillAfter) => {
                self.carry(request);
                self.fate.die();
                silence()
            }
            Some(Blow::LostBefore) => silence(),
            Some(Blow::LostAfter) => {
                self.carry(request);
                silence()
            }
            Some(Blow::Refused(code)) => self.array.refusal(code),
            Some(Blow::Expired) => {
                let code = self.array.expire_sessions();
                self.array.refusal(&code)
            }
            Some(Blow::Meanwhile(act)) => {
                act();
                self.carry(request)
            }
        }
    }

    fn route<'a>(&self, path: &'a str) -> &'a str {
        self.array.route(path)
    }

    fn refusal(&self, code: &str) -> Reply {
        self.array.refusal(code)
    }

    fn expire_sessions(&self) -> String {
        self.array.expire_sessions()
    }

    fn code_of(&self, reply: &Reply) -> Option<i64> {
        self.array.code_of(reply)
    }
}
