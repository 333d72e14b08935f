//! Something between the tool and the practice array: it sees every request and may spoil answers.

use std::sync::{Arc, Mutex};

use sanctl::sim::ontap::Practice;
use sanctl::sim::server::{Device, Reply, Request};

type Twist = Box<dyn FnMut(&Request, &mut Reply) + Send>;

pub(crate) struct Between {
    array: Arc<Practice>,
    twist: Mutex<Option<Twist>>,
    /// Every request as it came, headers and all.
    seen: Mutex<Vec<Request>>,
}

impl Between {
    pub(crate) fn new(array: &Arc<Practice>) -> Arc<Self> {
        Arc::new(Self {
            array: Arc::clone(array),
            twist: Mutex::new(None),
            seen: Mutex::default(),
        })
    }

    /// From now on every answer passes through this.
    pub(crate) fn twist(&self, twist: impl FnMut(&Request, &mut Reply) + Send + 'static) {
        *self.twist.lock().unwrap() = Some(Box::new(twist));
    }

    /// From now on nothing is spoilt.
    pub(crate) fn heal(&self) {
        *self.twist.lock().unwrap() = None;
    }

    /// What came since the last look.
    pub(crate) fn take_seen(&self) -> Vec<Request> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }
}

impl Device for Between {
    fn handle(&self, request: &Request) -> Reply {
        self.seen.lock().unwrap().push(request.clone());
        let mut reply = self.array.handle(request);
        if let Some(twist) = self.twist.lock().unwrap().as_mut() {
            twist(request, &mut reply);
        }
        reply
    }

    fn route<'a>(&self, path: &'a str) -> &'a str {
        self.array.route(path)
    }

    fn resource(&self, request: &Request) -> String {
        self.array.resource(request)
    }

    fn refusal(&self, code: &str) -> Reply {
        self.array.refusal(code)
    }

    fn refuse(&self, request: &Request, code: &str) -> Reply {
        self.array.refuse(request, code)
    }

    fn garbage(&self, request: &Request) -> Reply {
        self.array.garbage(request)
    }

    fn expire_sessions(&self) -> String {
        self.array.expire_sessions()
    }

    fn code_of(&self, reply: &Reply) -> Option<i64> {
        // Nobody reads it out of a flood.
        let short = reply.body.len() < 1 << 20;
        short.then(|| self.array.code_of(reply)).flatten()
    }
}
