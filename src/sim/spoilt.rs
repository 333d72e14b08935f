//! A response body that may break off in the middle, as a fault asks.

use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};

/// The connection ends here on purpose.
#[derive(Debug, thiserror::Error)]
#[error("connection closed by a fault")]
pub(super) struct Cut;

/// A response body that may end before its announced length.
pub(super) struct Out {
    pub(super) rest: Bytes,
    pub(super) promised: usize,
    cut: bool,
    flushed: bool,
}

impl Out {
    pub(super) fn new(body: Vec<u8>, cut: bool) -> Self {
        let promised = body.len();
        let mut rest = Bytes::from(body);
        if cut {
            rest.truncate(promised / 2);
        }
        Self {
            rest,
            promised,
            cut,
            flushed: false,
        }
    }
}

impl Body for Out {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        if !self.rest.is_empty() {
            let rest = std::mem::take(&mut self.rest);
            return Poll::Ready(Some(Ok(Frame::data(rest))));
        }
        if !self.cut {
            return Poll::Ready(None);
        }
        // One pause, so that the half body is flushed before the connection closes.
        if !self.flushed {
            self.flushed = true;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(Cut)))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && !self.cut
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.promised as u64)
    }
}
