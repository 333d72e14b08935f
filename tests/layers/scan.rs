//! Reads Rust source as far as the layers need it: which modules a file names, which macros it
//! calls, which lints it switches off. Comments and texts are no code.

use std::collections::BTreeSet;

/// One thing found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) line: usize,
    /// It stands in a `#[cfg(test)]` module of this file.
    pub(crate) test: bool,
    pub(crate) what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// A path, absolute: the first word is `crate` or another crate's name.
    Path(Vec<String>),
    /// A call of a macro.
    Macro(String),
    /// A lint that an attribute switches off.
    Allow(String),
    /// The `unsafe` keyword.
    Unsafe,
    /// Code from a file whose place in the tree of modules cannot be told from its name.
    Elsewhere(&'static str),
}

/// What a file holds.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    pub(crate) found: Vec<Found>,
    /// Modules, as paths below `crate`, that are `#[cfg(test)] mod name;` here.
    pub(crate) test_files: BTreeSet<Vec<String>>,
}

/// Scans one file; `file` is its path below `src/`.
pub(crate) fn scan(file: &str, text: &str) -> Scan {
    let mut reader = Reader {
        tokens: tokens(text),
        at: 0,
        module: module_of(file),
        // The program is a crate of its own, which sees the library from outside.
        own_name: (file == "main.rs").then_some("sanctl"),
        scopes: Vec::new(),
        depth: 0,
        pending_test: false,
        scan: Scan::default(),
    };
    reader.run();
    reader.scan
}

/// The module a file is, as a path below `crate`.
pub(crate) fn module_of(file: &str) -> Vec<String> {
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let mut module: Vec<String> = stem.split('/').map(str::to_owned).collect();
    let root = matches!(stem, "lib" | "main");
    if root || module.last().is_some_and(|name| name == "mod") {
        module.pop();
    }
    module
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Sep,
    Mark(char),
    Text(String),
    Other,
}

#[derive(Debug)]
struct Scope {
    depth: usize,
    test: bool,
}

struct Reader {
    tokens: Vec<(Token, usize)>,
    at: usize,
    module: Vec<String>,
    own_name: Option<&'static str>,
    /// The inline modules around this place.
    scopes: Vec<Scope>,
    depth: usize,
    /// `#[cfg(test)]` was read and its item has not come yet.
    pending_test: bool,
    scan: Scan,
}

impl Reader {
    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at).map(|(token, _)| token)
    }

    fn before(&self, distance: usize) -> Option<&Token> {
        self.at.checked_sub(distance).and_then(|at| self.token(at))
    }

    fn word(&self, at: usize) -> Option<&str> {
        match self.token(at) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn is_mark(&self, at: usize, mark: char) -> bool {
        self.token(at) == Some(&Token::Mark(mark))
    }

    fn is_sep(&self, at: usize) -> bool {
        self.token(at) == Some(&Token::Sep)
    }

    fn add(&mut self, at: usize, what: What) {
        let test = self.scopes.iter().any(|scope| scope.test);
        self.add_as(at, test, what);
    }

    fn add_as(&mut self, at: usize, test: bool, what: What) {
        let line = self.tokens.get(at).map_or(0, |(_, line)| *line);
        self.scan.found.push(Found { line, test, what });
    }

    fn run(&mut self) {
        while let Some(token) = self.token(self.at).cloned() {
            match token {
                Token::Mark('#') => self.attribute(),
                Token::Mark('{') => {
                    self.depth += 1;
                    self.at += 1;
                }
                Token::Mark('}') => self.close(),
                Token::Word(word) => self.keyword_or_path(&word),
                _ => self.at += 1,
            }
        }
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.scopes.last().is_some_and(|s| s.depth == self.depth) {
            self.scopes.pop();
            self.module.pop();
        }
        self.at += 1;
    }

    fn keyword_or_path(&mut self, word: &str) {
        let at = self.at;
        match word {
            // Between an attribute and its item; `pub(in path)` names no code.
            "pub" => {
                self.at += 1;
                if self.is_mark(self.at, '(') {
                    while self.token(self.at).is_some() && !self.is_mark(self.at, ')') {
                        self.at += 1;
                    }
                }
                return;
            }
            "mod" if self.word(at + 1).is_some() => self.module_begins(),
            // `use<'a>` in a return type imports nothing.
            "use" if !self.is_mark(at + 1, '<') => {
                self.at += 1;
                self.use_tree(&[]);
            }
            "extern" if self.word(at + 1) == Some("crate") => {
                let name = self.word(at + 2).unwrap_or_default().to_owned();
                self.add(at, What::Path(vec![name]));
                self.at += 3;
            }
            "unsafe" => {
                self.add(at, What::Unsafe);
                self.at += 1;
            }
            _ => self.path(),
        }
        self.pending_test = false;
    }

    fn module_begins(&mut self) {
        let name = self.word(self.at + 1).unwrap_or_default().to_owned();
        if self.is_mark(self.at + 2, '{') {
            self.module.push(name);
            self.scopes.push(Scope {
                depth: self.depth,
                test: self.pending_test,
            });
        } else if self.pending_test {
            let mut module = self.module.clone();
            module.push(name);
            self.scan.test_files.insert(module);
        }
        self.at += 2;
    }

    /// A path outside a `use`: two words or more.
    fn path(&mut self) {
        let start = self.at;
        // The rest of a path whose head was something else, as `<T>::new`.
        let tail = self.before(1) == Some(&Token::Sep)
            && matches!(
                self.before(2),
                Some(Token::Word(_) | Token::Mark('>' | ')' | ']'))
            );
        let mut words = Vec::new();
        while let Some(word) = self.word(self.at) {
            words.push(word.to_owned());
            self.at += 1;
            if self.is_sep(self.at) && self.word(self.at + 1).is_some() {
                self.at += 1;
            } else {
                break;
            }
        }
        let call = self.is_mark(self.at, '!')
            && ['(', '[', '{']
                .iter()
                .any(|m| self.is_mark(self.at + 1, *m));
        if call && let Some(name) = words.last() {
            let name = name.clone();
            if name == "include" {
                self.add(start, What::Elsewhere("include!"));
            }
            self.add(start, What::Macro(name));
        }
        if words.len() > 1 && !tail {
            self.add_path(start, &words);
        }
    }

    fn add_path(&mut self, at: usize, words: &[String]) {
        let path = self.absolute(words);
        self.add(at, What::Path(path));
    }

    fn absolute(&self, words: &[String]) -> Vec<String> {
        let first = words.first().map(String::as_str).unwrap_or_default();
        let mut base = match first {
            "self" | "super" => self.module.clone(),
            name if name == "crate" || Some(name) == self.own_name => Vec::new(),
            _ => return words.to_vec(),
        };
        let mut rest = words;
        if first != "super" {
            rest = rest.get(1..).unwrap_or_default();
        }
        while rest.first().is_some_and(|word| word == "super") {
            base.pop();
            rest = rest.get(1..).unwrap_or_default();
        }
        let mut path = vec!["crate".to_owned()];
        path.extend(base);
        path.extend_from_slice(rest);
        path
    }

    /// One tree of a `use`, up to but without what ends it; each leaf is a path.
    fn use_tree(&mut self, prefix: &[String]) {
        let start = self.at;
        let mut words = prefix.to_vec();
        loop {
            if self.is_sep(self.at) {
                self.at += 1;
            } else if self.is_mark(self.at, '{') {
                self.at += 1;
                while self.token(self.at).is_some() && !self.is_mark(self.at, '}') {
                    let before = self.at;
                    self.use_tree(&words);
                    if self.is_mark(self.at, ',') || self.at == before {
                        self.at += 1;
                    }
                }
                self.at += 1;
                return;
            } else if self.is_mark(self.at, '*') {
                words.push("*".to_owned());
                self.at += 1;
                break;
            } else if let Some(word) = self.word(self.at).map(str::to_owned) {
                self.at += 1;
                if word == "as" {
                    self.at += 1;
                    break;
                }
                // `a::{self}` is `a`.
                if word != "self" || words.is_empty() {
                    words.push(word);
                }
                if !self.is_sep(self.at) && self.word(self.at) != Some("as") {
                    break;
                }
            } else {
                break;
            }
        }
        if !words.is_empty() {
            self.add_path(start, &words);
        }
    }

    fn attribute(&mut self) {
        let start = self.at;
        let open = if self.is_mark(start + 1, '!') { 2 } else { 1 };
        if !self.is_mark(start + open, '[') {
            self.at += 1;
            return;
        }
        let from = start + open + 1;
        let mut end = from;
        let mut nested = 1;
        while nested > 0 {
            match self.token(end) {
                Some(Token::Mark('[')) => nested += 1,
                Some(Token::Mark(']')) => nested -= 1,
                None => break,
                _ => {}
            }
            end += 1;
        }
        // `cfg(test)`, `cfg(all(test, …))`, `cfg_attr(test, …)`
        let condition = matches!(self.word(from), Some("cfg" | "cfg_attr"));
        let head = if self.word(from + 2) == Some("all") {
            from + 4
        } else {
            from + 2
        };
        let for_tests = condition && self.word(head) == Some("test");
        match self.word(from) {
            Some("cfg") if for_tests && open == 1 => self.pending_test = true,
            Some("path") => self.add(from, What::Elsewhere("#[path]")),
            _ => {}
        }
        self.at = from;
        while self.at < end {
            match self.token(self.at).cloned() {
                Some(Token::Word(word)) if word == "allow" || word == "expect" => {
                    self.allow(end, for_tests || self.pending_test);
                }
                Some(Token::Word(word)) if word == "path" && condition => {
                    self.add(self.at, What::Elsewhere("#[path]"));
                    self.at += 1;
                }
                Some(Token::Word(_)) => self.path(),
                // A path in quotes, as serde takes it.
                Some(Token::Text(text)) => {
                    let words: Vec<String> = text.split("::").map(str::to_owned).collect();
                    if words.len() > 1 && words.iter().all(|w| is_name(w)) {
                        self.add_path(self.at, &words);
                    }
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
        self.at = end;
    }

    /// The lints in `allow(a, b::c, reason = "…")`.
    fn allow(&mut self, end: usize, for_tests: bool) {
        let test = for_tests || self.scopes.iter().any(|scope| scope.test);
        self.at += 1;
        let mut lint = String::new();
        while self.at < end {
            let at = self.at;
            self.at += 1;
            match self.token(at) {
                Some(Token::Word(word)) => lint.push_str(word),
                Some(Token::Sep) => lint.push_str("::"),
                Some(Token::Mark(',' | ')' | '=')) => {
                    let last = self.is_mark(at, ')');
                    let lint = std::mem::take(&mut lint);
                    if !lint.is_empty() && lint != "reason" {
                        self.add_as(at, test, What::Allow(lint));
                    }
                    if last {
                        return;
                    }
                }
                _ => {}
            }
        }
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

fn tokens(text: &str) -> Vec<(Token, usize)> {
    let mut lexer = Lexer {
        chars: text.chars().collect(),
        at: 0,
        line: 1,
    };
    let mut all = Vec::new();
    while let Some(found) = lexer.next_token() {
        all.push(found);
    }
    all
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek(0)?;
        self.at += 1;
        if c == '\n' {
            self.line += 1;
        }
        Some(c)
    }

    fn next_token(&mut self) -> Option<(Token, usize)> {
        loop {
            let c = self.peek(0)?;
            if c.is_whitespace() {
                self.bump();
            } else if c == '/' && self.peek(1) == Some('/') {
                while self.peek(0).is_some_and(|c| c != '\n') {
                    self.bump();
                }
            } else if c == '/' && self.peek(1) == Some('*') {
                self.block_comment();
            } else {
                let line = self.line;
                return Some((self.token(c), line));
            }
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                (None, _) => return,
                _ => {
                    self.bump();
                    continue;
                }
            }
            self.bump();
            self.bump();
            if depth == 0 {
                return;
            }
        }
    }

    fn token(&mut self, c: char) -> Token {
        match c {
            '"' => self.text(),
            '\'' => self.char_or_lifetime(),
            ':' if self.peek(1) == Some(':') => {
                self.at += 2;
                Token::Sep
            }
            c if c.is_ascii_digit() => {
                while self
                    .peek(0)
                    .is_some_and(|c| c.is_alphanumeric() || c == '_')
                    || self.peek(0) == Some('.') && self.peek(1).is_some_and(|c| c.is_ascii_digit())
                {
                    self.bump();
                }
                Token::Other
            }
            c if c.is_alphabetic() || c == '_' => self.word(),
            c => {
                self.bump();
                Token::Mark(c)
            }
        }
    }

    fn word(&mut self) -> Token {
        let mut word = String::new();
        while let Some(c) = self.peek(0).filter(|c| c.is_alphanumeric() || *c == '_') {
            word.push(c);
            self.bump();
        }
        let hashes = (0..).take_while(|n| self.peek(*n) == Some('#')).count();
        let raw = matches!(word.as_str(), "r" | "br" | "cr");
        match self.peek(hashes) {
            Some('"') if raw => {
                self.at += hashes + 1;
                self.raw_text(hashes)
            }
            Some('"') if hashes == 0 && matches!(word.as_str(), "b" | "c") => self.text(),
            Some('\'') if hashes == 0 && word == "b" => self.char_or_lifetime(),
            Some(c) if word == "r" && hashes == 1 && (c.is_alphabetic() || c == '_') => {
                self.at += 1;
                self.word()
            }
            _ => Token::Word(word),
        }
    }

    fn text(&mut self) -> Token {
        self.bump();
        let mut text = String::new();
        while let Some(c) = self.bump() {
            match c {
                '"' => break,
                '\\' => {
                    self.bump();
                }
                c => text.push(c),
            }
        }
        Token::Text(text)
    }

    fn raw_text(&mut self, hashes: usize) -> Token {
        let mut text = String::new();
        while let Some(c) = self.bump() {
            if c == '"' && (0..hashes).all(|n| self.peek(n) == Some('#')) {
                self.at += hashes;
                break;
            }
            text.push(c);
        }
        Token::Text(text)
    }

    fn char_or_lifetime(&mut self) -> Token {
        self.bump();
        if self.peek(0) == Some('\\') {
            self.bump();
            self.bump();
            while self.bump().is_some_and(|c| c != '\'') {}
        } else if self.peek(1) == Some('\'') {
            self.bump();
            self.bump();
        } else {
            while self
                .peek(0)
                .is_some_and(|c| c.is_alphanumeric() || c == '_')
            {
                self.bump();
            }
        }
        Token::Other
    }
}
