//! The patterns of `multipath.conf`: POSIX extended regular expressions, with `!` in front for
//! "all others" (multipath.conf(5)). As much of them as such files hold: literals, `.`, classes,
//! groups, alternatives, anchors and `*`, `+`, `?`.

/// Whether a pattern matches somewhere in `text`. `None` when the pattern is not understood.
pub(super) fn matches(pattern: &str, text: &str) -> Option<bool> {
    let (negated, pattern) = match pattern.strip_prefix('!') {
        Some(rest) => (true, rest),
        None => (false, pattern),
    };
    // glibc takes a star with nothing before it for a star.
    let chars: Vec<char> = pattern.chars().collect();
    let mut parser = Parser { chars, at: 0 };
    let tree = parser.alternatives()?;
    if parser.at != parser.chars.len() {
        return None;
    }
    let text: Vec<char> = text.chars().collect();
    let mut fuel = FUEL;
    let found = (0..=text.len()).any(|start| tree.run(&text, start, &mut fuel, &mut |_, _| true));
    (fuel > 0).then_some(found != negated)
}

/// So many comparisons are worth a pattern.
const FUEL: usize = 100_000;

#[derive(Debug)]
enum Tree {
    Any,
    One(char),
    Class {
        not: bool,
        ranges: Vec<(char, char)>,
    },
    Start,
    End,
    Sequence(Vec<Tree>),
    Either(Vec<Tree>),
    Repeat {
        what: Box<Tree>,
        least: usize,
        most: usize,
    },
}

type Next<'a> = &'a mut dyn FnMut(usize, &mut usize) -> bool;

impl Tree {
    /// Matches from `at`, then asks `next` about what follows.
    fn run(&self, text: &[char], at: usize, fuel: &mut usize, next: Next<'_>) -> bool {
        *fuel = fuel.saturating_sub(1);
        if *fuel == 0 {
            return false;
        }
        match self {
            Self::Any => at < text.len() && next(at + 1, fuel),
            Self::One(wanted) => text.get(at) == Some(wanted) && next(at + 1, fuel),
            Self::Class { not, ranges } => {
                let inside = |c: &char| ranges.iter().any(|(from, to)| from <= c && c <= to);
                text.get(at).is_some_and(|c| inside(c) != *not) && next(at + 1, fuel)
            }
            Self::Start => at == 0 && next(at, fuel),
            Self::End => at == text.len() && next(at, fuel),
            Self::Sequence(parts) => match parts.split_first() {
                None => next(at, fuel),
                Some((first, rest)) => first.run(text, at, fuel, &mut |at, fuel| {
                    run_all(rest, text, at, fuel, next)
                }),
            },
            Self::Either(ways) => ways.iter().any(|way| way.run(text, at, fuel, next)),
            Self::Repeat { what, least, most } => {
                repeat(what, (*least, *most), text, at, fuel, next)
            }
        }
    }
}

fn run_all(parts: &[Tree], text: &[char], at: usize, fuel: &mut usize, next: Next<'_>) -> bool {
    match parts.split_first() {
        None => next(at, fuel),
        Some((first, rest)) => first.run(text, at, fuel, &mut |at, fuel| {
            run_all(rest, text, at, fuel, next)
        }),
    }
}

fn repeat(
    what: &Tree,
    (least, most): (usize, usize),
    text: &[char],
    at: usize,
    fuel: &mut usize,
    next: Next<'_>,
) -> bool {
    if most > 0
        && what.run(text, at, fuel, &mut |then, fuel| {
            // What matched nothing would match nothing for ever.
            then > at
                && repeat(
                    what,
                    (least.saturating_sub(1), most - 1),
                    text,
                    then,
                    fuel,
                    next,
                )
        })
    {
        return true;
    }
    least == 0 && next(at, fuel)
}

struct Parser {
    chars: Vec<char>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn take(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += usize::from(c.is_some());
        c
    }

    fn alternatives(&mut self) -> Option<Tree> {
        let mut ways = vec![self.sequence()?];
        while self.peek() == Some('|') {
            self.at += 1;
            ways.push(self.sequence()?);
        }
        Some(Tree::Either(ways))
    }

    fn sequence(&mut self) -> Option<Tree> {
        let mut parts: Vec<Tree> = Vec::new();
        while let Some(c) = self.peek() {
            let part = match c {
                '|' | ')' => break,
                '*' | '+' | '?' if parts.is_empty() => {
                    self.at += 1;
                    Tree::One(c)
                }
                '*' | '+' | '?' => {
                    self.at += 1;
                    let what = Box::new(parts.pop()?);
                    let (least, most) = match c {
                        '*' => (0, usize::MAX),
                        '+' => (1, usize::MAX),
                        _ => (0, 1),
                    };
                    Tree::Repeat { what, least, most }
                }
                // Bounds are not understood.
                '{' => return None,
                _ => self.single()?,
            };
            parts.push(part);
        }
        Some(Tree::Sequence(parts))
    }

    fn single(&mut self) -> Option<Tree> {
        Some(match self.take()? {
            '.' => Tree::Any,
            '^' => Tree::Start,
            '$' => Tree::End,
            '\\' => Tree::One(self.take()?),
            '(' => {
                let inner = self.alternatives()?;
                if self.take() != Some(')') {
                    return None;
                }
                inner
            }
            '[' => self.class()?,
            c => Tree::One(c),
        })
    }

    fn class(&mut self) -> Option<Tree> {
        let not = self.peek() == Some('^');
        self.at += usize::from(not);
        let mut ranges = Vec::new();
        loop {
            let from = match self.take()? {
                ']' if !ranges.is_empty() => return Some(Tree::Class { not, ranges }),
                // Named classes are not understood.
                '[' if self.peek() == Some(':') => return None,
                c => c,
            };
            let is_range =
                self.peek() == Some('-') && self.chars.get(self.at + 1).is_some_and(|c| *c != ']');
            let to = if is_range {
                self.at += 1;
                self.take()?
            } else {
                from
            };
            ranges.push((from, to));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_configurations_in_use() {
        let id = "36a4c64f1001db63307a4e1700000001e";
        for (pattern, text, wanted) in [
            (".*", id, true),
            ("*", "sda", false),
            ("^sd", "sda", true),
            ("^sd[a-z]", "sda", true),
            ("^sd[b-z]$", "sda", false),
            ("^sda[0-9]*$", "sda", true),
            ("!^(sd[a-z]|dasd[a-z]|nvme[0-9])", "sda", false),
            ("!^(sd[a-z]|dasd[a-z]|nvme[0-9])", "vda", true),
            ("^(ram|raw|loop|fd|md|dm-|sr|scd|st)[0-9]*", "sda", false),
            ("^hd[a-z][[0-9]*]", "sda", false),
            ("36a4c64f.*", id, true),
            ("3600140.*", id, false),
            (id, id, true),
            ("scsi:(fcp|iscsi)", "scsi:iscsi", true),
            ("scsi:[^i]", "scsi:iscsi", false),
            ("(a*)*b", "aaaa", false),
            ("HUAWEI|NETAPP", "NETAPP", true),
            ("^$", "", true),
            ("a?b+", "abb", true),
        ] {
            assert_eq!(matches(pattern, text), Some(wanted), "{pattern} {text}");
        }
        for bad in ["(", "a{2}", "[a", "[[:alpha:]]", "a)", "\\"] {
            assert_eq!(matches(bad, "a"), None, "{bad}");
        }
    }
}
