//! What is said about steps: the page that is made from the steps themselves.

/// `docs/by-hand.md`; the test of what is generated keeps it as the code says.
const PAGE: &str = include_str!("../../../docs/by-hand.md");

/// What the page says of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// Its key, without a portal.
    pub(super) key: String,
    /// Why it is needed.
    pub(super) why: String,
    /// The lines of the page below that, as they are.
    pub(super) text: Vec<String>,
}

impl Step {
    /// The commands among them.
    pub(super) fn commands(&self) -> Vec<String> {
        let lines = self.text.iter().filter_map(|l| l.strip_prefix("    "));
        lines.map(str::to_owned).collect()
    }
}

/// Every step of the page, in the order of attach.
pub(super) fn all() -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in PAGE.lines() {
        if let Some(key) = line.strip_prefix("## ") {
            steps.push(Step {
                key: key.to_owned(),
                why: String::new(),
                text: Vec::new(),
            });
            continue;
        }
        let Some(step) = steps.last_mut() else {
            continue;
        };
        if step.why.is_empty() {
            line.clone_into(&mut step.why);
        } else {
            step.text.push(line.to_owned());
        }
    }
    for step in &mut steps {
        while step.text.first().is_some_and(String::is_empty) {
            step.text.remove(0);
        }
        while step.text.last().is_some_and(String::is_empty) {
            step.text.pop();
        }
    }
    steps
}

/// The steps that a key means: itself, or those that begin with it if it is only a part of one.
pub(super) fn find(key: &str) -> Vec<Step> {
    let bare = key.split('@').next().unwrap_or(key);
    let all = all();
    if let Some(step) = all.iter().find(|step| step.key == bare) {
        return vec![step.clone()];
    }
    let fits = |step: &&Step| bare.contains('.') && step.key.starts_with(bare);
    all.iter().filter(fits).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_read_step_by_step() {
        let all = all();
        assert!(all.len() >= 14, "{}", all.len());
        for step in &all {
            assert!(
                !step.why.is_empty() && !step.commands().is_empty(),
                "{step:?}"
            );
        }
        assert_eq!(find("array.view").len(), 1);
        assert_eq!(find("node.session@10.0.0.1:3260").len(), 1);
        assert!(find("array.lungroup-").len() == 1 && find("nix").is_empty());
    }
}
