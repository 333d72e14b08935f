//! A response body that may break off in the middle, as a fault asks.

use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};

/// The connection ends here on purpose.
#[derive(Debug, thiserror::Error)]
#[error("connection closed by a fault")]
pub(super) struct Cut;

/// The size of a chunk.
const CHUNK: usize = 1021;

/// A response body that may end before its announced length.
pub(super) struct Out {
    pub(super) rest: Bytes,
    pub(super) promised: usize,
    /// In pieces of a few bytes, without a promise.
    chunked: bool,
    cut: bool,
    flushed: bool,
}

impl Out {
    pub(super) fn new(body: Vec<u8>, cut: bool, chunked: bool) -> Self {
        let promised = body.len();
        let mut rest = Bytes::from(body);
        if cut {
            rest.truncate(promised / 2);
        }
        Self {
            rest,
            promised,
            chunked,
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
            let all = self.rest.len();
            // Odd sizes, so that chunks end within names and within characters.
            let piece = if self.chunked { all.min(CHUNK) } else { all };
            let piece = self.rest.split_to(piece);
            return Poll::Ready(Some(Ok(Frame::data(piece))));
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
        if self.chunked {
            return SizeHint::default();
        }
        SizeHint::with_exact(self.promised as u64)
    }
}
