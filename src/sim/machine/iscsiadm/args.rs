//! The command line of `iscsiadm`, read as `getopt_long` reads it, and strictly.

/// What was asked, each option at most once except `-n`, `-v` and `-I`.
#[derive(Debug, Default)]
pub(super) struct Args {
    pub(super) mode: Option<String>,
    pub(super) target: Option<String>,
    pub(super) portal: Option<String>,
    pub(super) ifaces: Vec<String>,
    pub(super) op: Option<String>,
    pub(super) names: Vec<String>,
    pub(super) values: Vec<String>,
    pub(super) sid: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) print: Option<String>,
    pub(super) flags: Vec<Flag>,
}

/// An option without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flag {
    Login,
    Logout,
    Rescan,
    Show,
    Discover,
    NoWait,
    Version,
}

#[derive(Clone, Copy)]
enum Takes {
    Value,
    Nothing(Flag),
}

/// Short letter, long name, what follows.
const OPTIONS: &[(char, &str, Takes)] = &[
    ('m', "mode", Takes::Value),
    ('T', "targetname", Takes::Value),
    ('p', "portal", Takes::Value),
    ('I', "interface", Takes::Value),
    ('o', "op", Takes::Value),
    ('n', "name", Takes::Value),
    ('v', "value", Takes::Value),
    ('r', "sid", Takes::Value),
    ('t', "type", Takes::Value),
    ('P', "print", Takes::Value),
    ('l', "login", Takes::Nothing(Flag::Login)),
    ('u', "logout", Takes::Nothing(Flag::Logout)),
    ('R', "rescan", Takes::Nothing(Flag::Rescan)),
    ('S', "show", Takes::Nothing(Flag::Show)),
    ('D', "discover", Takes::Nothing(Flag::Discover)),
    ('W', "no_wait", Takes::Nothing(Flag::NoWait)),
    ('V', "version", Takes::Nothing(Flag::Version)),
];

impl Args {
    pub(super) fn has(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }

    /// Reads the words; the error is what `getopt_long` would complain.
    pub(super) fn parse(words: &[String]) -> Result<Self, String> {
        let mut args = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if let Some(long) = word.strip_prefix("--") {
                let (name, attached) = match long.split_once('=') {
                    Some((name, value)) => (name, Some(value.to_owned())),
                    None => (long, None),
                };
                let known = OPTIONS.iter().find(|(_, long, _)| *long == name);
                let (letter, _, takes) =
                    known.ok_or_else(|| format!("unrecognized option '--{name}'"))?;
                match (takes, attached) {
                    (Takes::Nothing(flag), None) => args.flags.push(*flag),
                    (Takes::Nothing(_), Some(_)) => {
                        return Err(format!("option '--{name}' doesn't allow an argument"));
                    }
                    (Takes::Value, attached) => {
                        let value = attached.or_else(|| words.next().cloned());
                        let value = value
                            .ok_or_else(|| format!("option '--{name}' requires an argument"))?;
                        args.take(*letter, value)?;
                    }
                }
            } else if let Some(short) = word.strip_prefix('-').filter(|s| !s.is_empty()) {
                args.take_short(short, &mut words)?;
            } else {
                return Err(format!("unexpected argument '{word}'"));
            }
        }
        if args.names.len() != args.values.len() && args.op.as_deref() == Some("update") {
            return Err("each -n wants a -v".into());
        }
        Ok(args)
    }

    fn take_short<'a>(
        &mut self,
        short: &str,
        words: &mut impl Iterator<Item = &'a String>,
    ) -> Result<(), String> {
        let mut letters = short.chars();
        while let Some(letter) = letters.next() {
            let known = OPTIONS.iter().find(|(short, _, _)| *short == letter);
            let (_, _, takes) = known.ok_or_else(|| format!("invalid option -- '{letter}'"))?;
            match takes {
                Takes::Nothing(flag) => self.flags.push(*flag),
                Takes::Value => {
                    let rest = letters.as_str();
                    let value = if rest.is_empty() {
                        let missing = || format!("option requires an argument -- '{letter}'");
                        words.next().cloned().ok_or_else(missing)?
                    } else {
                        rest.to_owned()
                    };
                    return self.take(letter, value);
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, letter: char, value: String) -> Result<(), String> {
        let place = match letter {
            'm' => &mut self.mode,
            'T' => &mut self.target,
            'p' => &mut self.portal,
            'o' => &mut self.op,
            'r' => &mut self.sid,
            't' => &mut self.kind,
            'P' => &mut self.print,
            'I' => {
                self.ifaces.push(value);
                return Ok(());
            }
            'n' => {
                self.names.push(value);
                return Ok(());
            }
            _ => {
                self.values.push(value);
                return Ok(());
            }
        };
        if place.is_some() {
            return Err(format!("option -{letter} is given twice"));
        }
        *place = Some(value);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Args, String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Args::parse(&words)
    }

    #[test]
    fn long_and_short_forms_mean_the_same() {
        let long = "--mode node --targetname iqn.a --portal=10.0.0.1 --op update --name k --value v --login";
        let short = "-m node -Tiqn.a -p 10.0.0.1 -o update -n k -v v -l";
        for line in [long, short] {
            let args = parse(line).unwrap();
            assert_eq!(args.mode.as_deref(), Some("node"), "{line}");
            assert_eq!(args.target.as_deref(), Some("iqn.a"), "{line}");
            assert_eq!(args.portal.as_deref(), Some("10.0.0.1"), "{line}");
            assert_eq!(args.op.as_deref(), Some("update"), "{line}");
            assert_eq!(
                (args.names, args.values),
                (vec!["k".to_owned()], vec!["v".to_owned()])
            );
            assert_eq!(args.flags, [Flag::Login], "{line}");
        }
        assert!(parse("-lu -S").unwrap().has(Flag::Logout));
    }

    #[test]
    fn what_it_does_not_know_is_refused() {
        for bad in [
            "--loginn",
            "-x",
            "-m",
            "--portal",
            "--login=1",
            "node",
            "-m a -m b",
            "-o update -n k",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
