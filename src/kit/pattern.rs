//! Names with `*` (any text) and `?` (any one character).

/// Whether a text has a placeholder; without one it means itself.
pub fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// Whether `text` as a whole fits `pattern`. Takes time in proportion to the product of their
/// lengths at worst.
pub fn fits(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    // reached[i]: the first i characters of the pattern fit what was read of the text.
    let mut reached = vec![false; pattern.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    skip_stars(&pattern, &mut reached);
    for letter in text.chars() {
        let mut next = vec![false; pattern.len() + 1];
        for (i, want) in pattern.iter().enumerate() {
            if !reached.get(i).copied().unwrap_or(false) {
                continue;
            }
            let to = if *want == '*' { i } else { i + 1 };
            if (*want == '*' || *want == '?' || *want == letter)
                && let Some(cell) = next.get_mut(to)
            {
                *cell = true;
            }
        }
        skip_stars(&pattern, &mut next);
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

/// A star may stand for nothing.
fn skip_stars(pattern: &[char], reached: &mut [bool]) {
    for (i, want) in pattern.iter().enumerate() {
        if *want == '*'
            && reached.get(i).copied().unwrap_or(false)
            && let Some(after) = reached.get_mut(i + 1)
        {
            *after = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks() {
        for (pattern, text, want) in [
            ("node1", "node1", true),
            ("node1", "node12", false),
            ("node*", "node12", true),
            ("*", "", true),
            ("?", "", false),
            ("n?de*1", "node-11", true),
            ("*a*b", "xaxxbxb", true),
            ("*a*b", "xaxxbx", false),
            ("", "", true),
            ("", "a", false),
            ("é?", "éa", true),
        ] {
            assert_eq!(fits(pattern, text), want, "{pattern} {text}");
        }
        let long = "a".repeat(2000);
        assert!(!fits(&"*a".repeat(30).replace("*a*a", "*a*b"), &long));
    }
}
