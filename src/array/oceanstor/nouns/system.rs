//! Who the array is, and whether it works (oceanstor.md §1, §7 "System").

use std::collections::BTreeMap;

use super::status::Status;
use crate::array::http::{Fingerprint, Trust};
use crate::array::oceanstor::client::Client;
use crate::array::oceanstor::object::Object;
use crate::array::{Certificate, Error, TestReport};
use crate::kit::bounds::Bounds;
use crate::model::nouns::{ArrayIdentity, TargetPort};

/// Which flavour of the interface an array speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::array::oceanstor) enum Generation {
    /// V3, V5, 18000, Dorado V3: mapping views only.
    V3,
    /// Dorado V6 and OceanStor 6: views and direct mappings.
    V6,
}

impl Generation {
    /// The word.
    pub(in crate::array::oceanstor) const fn word(self) -> &'static str {
        match self {
            Self::V3 => "v3",
            Self::V6 => "v6",
        }
    }

    /// By PRODUCTVERSION, compared as text as the drivers do. A version that begins with a digit
    /// (`6.1.6`) is a later spelling.
    pub(in crate::array::oceanstor) fn of(version: &str) -> Self {
        let digit = version.starts_with(|c: char| c.is_ascii_digit());
        if digit || version >= "V600R003C00" {
            Self::V6
        } else {
            Self::V3
        }
    }
}

/// The generation, read once per client.
///
/// # Errors
/// When the array does not answer or refuses.
pub(in crate::array::oceanstor) fn generation(
    client: &Client,
    bounds: &Bounds,
) -> Result<Generation, Error> {
    if let Some(known) = client.generation.get() {
        return Ok(*known);
    }
    let system = read(client, bounds)?;
    let version = system.text("PRODUCTVERSION").unwrap_or_default();
    Ok(*client.generation.get_or_init(|| Generation::of(version)))
}

fn read(client: &Client, bounds: &Bounds) -> Result<Object, Error> {
    let reply = client.read("/system/", bounds)?;
    reply.object().cloned().ok_or_else(|| Error::Garbled {
        array: client.array().to_owned(),
        request: "GET /system/".into(),
        why: "the reply describes no system".into(),
    })
}

/// Who it is.
///
/// # Errors
/// When the array does not answer or refuses.
pub(in crate::array::oceanstor) fn identity(
    client: &Client,
    bounds: &Bounds,
) -> Result<ArrayIdentity, Error> {
    let serial = client.serial(bounds)?;
    let system = read(client, bounds)?;
    let text = |field: &str| system.text(field).map(str::to_owned);
    let version = text("PRODUCTVERSION");
    let generation = *client
        .generation
        .get_or_init(|| Generation::of(version.as_deref().unwrap_or_default()));
    Ok(ArrayIdentity {
        name: client.array().to_owned(),
        kind: "oceanstor".into(),
        vendor: "Huawei".into(),
        model: text("productModeString").or_else(|| text("PRODUCTMODE")),
        version,
        serial,
        api: Some(generation.word().into()),
        health: Some(Status::of(&system).words()),
    })
}

/// Reaches every URL, then logs in and looks around. Certificates are seen before any credential
/// is sent.
///
/// # Errors
/// The first thing that does not work.
pub(in crate::array::oceanstor) fn test(
    client: &Client,
    bounds: &Bounds,
) -> Result<TestReport, Error> {
    let settings = client.settings();
    let mut warnings = Vec::new();
    let mut details = BTreeMap::new();
    let mut dead = None;
    let mut alive = false;
    for index in 0..settings.urls.len() {
        match client.knock(index, bounds) {
            Ok(()) => alive = true,
            Err(error @ Error::Unreachable { .. }) => {
                if settings.urls.len() > 1 {
                    warnings.push(error.to_string());
                }
                dead = Some(error);
            }
            Err(error) => return Err(error),
        }
    }
    if let (false, Some(error)) = (alive, dead) {
        return Err(error);
    }
    let identity = identity(client, bounds)?;
    let account = client.account(bounds)?;
    let mut detail = |key: &str, value: String| {
        details.insert(key.to_owned(), value);
    };
    detail("user", settings.user.clone());
    if let Some(state) = account.state {
        let word = match state {
            1 => "normal".to_owned(),
            other => format!("state {other}"),
        };
        detail("account", word);
    }
    for (key, value) in [
        ("level", account.level),
        ("role", account.role),
        ("vstore", account.vstore),
    ] {
        if let Some(value) = value {
            detail(key, value);
        }
    }
    let iscsi = super::port::iscsi(client, bounds)?;
    let fc = super::port::fc(client, bounds)?;
    detail("iscsi ports", usable(&iscsi));
    detail("fc ports", usable(&fc));
    warnings.extend(client.take_warnings());
    let url = client.url().unwrap_or_default();
    Ok(TestReport {
        certificate: certificate(client.certificate(), &settings.trust),
        url,
        identity,
        details,
        warnings,
    })
}

fn usable(ports: &[TargetPort]) -> String {
    let good = ports.iter().filter(|p| p.state.usable).count();
    format!("{good} of {} usable", ports.len())
}

fn certificate(seen: Option<(Fingerprint, Option<String>)>, trust: &Trust) -> Option<Certificate> {
    let (fingerprint, why_not) = seen?;
    let why_not = match trust {
        Trust::Nothing => Some("verify = \"none\": it was not checked".to_owned()),
        _ => why_not,
    };
    Some(Certificate {
        fingerprint: fingerprint.to_string(),
        trusted: why_not.is_none(),
        why_not,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generation_by_version() {
        for (version, want) in [
            ("V300R006C50", Generation::V3),
            ("V500R007C61", Generation::V3),
            ("V600R003C00", Generation::V6),
            ("V600R005C03", Generation::V6),
            ("V700R001C00", Generation::V6),
            ("6.1.6", Generation::V6),
            ("", Generation::V3),
        ] {
            assert_eq!(Generation::of(version), want, "{version}");
        }
    }
}
