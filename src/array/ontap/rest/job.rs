//! Work that goes on after its reply: jobs, asked for until they end (ontap.md §5).

use serde_json::Value;

use super::{Ask, Coded, Rest, Told, coded};
use crate::array::error::Error;
use crate::kit::bounds::{Bounds, Ended};

/// How a look at a job ends without an answer.
enum Waited {
    Ended(Ended),
    Failed(Error),
}

impl From<Ended> for Waited {
    fn from(ended: Ended) -> Self {
        Self::Ended(ended)
    }
}

impl Rest {
    /// Waits for the job that a reply names; a reply without one is the answer itself.
    pub(super) fn finish(
        &self,
        ask: &Ask,
        told: &Told,
        bounds: &Bounds,
    ) -> Result<Result<Told, Coded>, Error> {
        let uuid = told.body.pointer("/job/uuid").and_then(Value::as_str);
        let Some(uuid) = uuid.filter(|uuid| crate::model::selector::is_uuid(uuid)) else {
            return Ok(Ok(told.clone()));
        };
        let path = format!("/api/cluster/jobs/{uuid}?fields=state,message,error,code");
        let lost = |why: String| Error::Lost {
            array: self.client.array().to_owned(),
            request: ask.name(),
            why: format!("job {uuid} goes on: {why}"),
        };
        let done = bounds.poll(|| self.look_at(&path, bounds));
        match done {
            Ok(done) => Ok(done),
            // The change goes on without us, after a signal too: what became of it must be looked
            // at.
            Err(Waited::Ended(ended)) => Err(lost(ended.to_string())),
            Err(Waited::Failed(error)) => Err(lost(error.to_string())),
        }
    }

    /// One look: how the job ended, if it has.
    fn look_at(&self, path: &str, bounds: &Bounds) -> Result<Option<Result<Told, Coded>>, Waited> {
        // The account of an SVM sees its jobs as the SVM's, that of a cluster as the cluster's.
        let mut said = self.call(&Ask::get(path), bounds).map_err(Waited::Failed)?;
        if said.is_err() {
            let ask = Ask::get(path).cluster();
            said = self.call(&ask, bounds).map_err(Waited::Failed)?;
        }
        let told = said.map_err(|coded| Waited::Failed(self.client.refused(path, &coded)))?;
        match told.body.get("state").and_then(Value::as_str) {
            Some("success") => Ok(Some(Ok(told))),
            Some("failure") => {
                let error = told.body.get("error").filter(|error| error.is_object());
                // Older releases tell both beside the state.
                Ok(Some(Err(coded(error.unwrap_or(&told.body)))))
            }
            _ => Ok(None),
        }
    }
}
