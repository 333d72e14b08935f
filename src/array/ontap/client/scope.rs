//! The SVM's two names: in a MetroCluster it is called `NAME-mc` after a switchover (ontap.md §2).

use super::{Client, Coded, Message, Read, Scope, lock};
use crate::array::error::Error;
use crate::array::http::Response;
use crate::array::ontap::codes::{Class, Noun};
use crate::kit::bounds::Bounds;

/// What the SVM is called at the other site.
fn other_name(svm: &str) -> String {
    match svm.strip_suffix("-mc") {
        Some(bare) if !bare.is_empty() => bare.to_owned(),
        _ => format!("{svm}-mc"),
    }
}

impl Client {
    /// Sends what `make` makes for the SVM as it is called now; when that is not known, for its
    /// other name, and from then on always for that.
    ///
    /// # Errors
    /// As [`Client::run`].
    pub(in crate::array::ontap) fn call<T>(
        &self,
        scope: Scope,
        make: &dyn Fn(Option<&str>) -> Message,
        bounds: &Bounds,
        read: &dyn Fn(&Response) -> Read<T>,
    ) -> Result<Result<T, Coded>, Error> {
        if scope == Scope::Cluster {
            return self.run(&make(None), bounds, read);
        }
        let svm = self.svm();
        let said = self.run(&make(svm.as_deref()), bounds, read)?;
        let (Err(coded), Some(before)) = (&said, &svm) else {
            return Ok(said);
        };
        let unknown = |coded: &Coded| coded.class() == Class::Missing(Noun::Svm);
        if !unknown(coded) {
            return Ok(said);
        }
        let other = other_name(before);
        let again = self.run(&make(Some(&other)), bounds, read)?;
        if again.as_ref().is_err_and(unknown) {
            return Ok(said);
        }
        self.renamed(before, other);
        Ok(again)
    }
}

impl Client {
    /// As [`Client::call`], but each is sent once, whatever the answer is; with the status, 0 when
    /// none came.
    ///
    /// # Errors
    /// As [`Client::once`].
    pub(in crate::array::ontap) fn call_once<T>(
        &self,
        scope: Scope,
        make: &dyn Fn(Option<&str>) -> Message,
        bounds: &Bounds,
        read: &dyn Fn(&Response) -> Read<T>,
    ) -> Result<(Read<T>, u16), Error> {
        if scope == Scope::Cluster {
            return self.once(&make(None), bounds, read);
        }
        let svm = self.svm();
        let said = self.once(&make(svm.as_deref()), bounds, read)?;
        match svm {
            Some(svm) if is_unknown_svm(&said.0) => {
                let other = other_name(&svm);
                let again = self.once(&make(Some(&other)), bounds, read)?;
                if is_unknown_svm(&again.0) {
                    // The answer for the name that is configured is the one to tell.
                    return self.once(&make(Some(&svm)), bounds, read);
                }
                self.renamed(&svm, other);
                Ok(again)
            }
            _ => Ok(said),
        }
    }

    /// From now on the SVM has another name.
    fn renamed(&self, before: &str, now: String) {
        self.warn(format!(
            "array {}: SVM {before} is called {now} now (MetroCluster switchover)",
            self.array()
        ));
        *lock(&self.svm) = Some(now);
    }
}

fn is_unknown_svm<T>(read: &Read<T>) -> bool {
    matches!(read, Read::Coded(coded) if coded.class() == Class::Missing(Noun::Svm))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_names_of_an_svm() {
        assert_eq!(other_name("svm_gold"), "svm_gold-mc");
        assert_eq!(other_name("svm_gold-mc"), "svm_gold");
        assert_eq!(other_name("-mc"), "-mc-mc");
    }
}
