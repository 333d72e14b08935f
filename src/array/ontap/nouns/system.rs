//! Who the array is, and whether it works (ontap.md §1).

use std::collections::BTreeMap;

use crate::array::http::{Fingerprint, Trust};
use crate::array::ontap::codes::Api;
use crate::array::ontap::detect::FIRST_REST;
use crate::array::ontap::wire::Wire;
use crate::array::ontap::{KIND, Line, detect, names};
use crate::array::{Certificate, Error, TestReport};
use crate::kit::bounds::Bounds;
use crate::model::nouns::{ArrayIdentity, Protocol, TargetPort};

/// What stands for the SVM in journals: the name of its iSCSI target, which every survey reads
/// anyway; without iSCSI that of its FC target.
///
/// # Errors
/// When the array does not answer or refuses.
pub(in crate::array::ontap) fn serial(wire: &dyn Wire, bounds: &Bounds) -> Result<String, Error> {
    for protocol in [Protocol::Iscsi, Protocol::Fc] {
        if let Some(service) = wire.service(protocol, bounds)?
            && !service.name.is_empty()
        {
            return Ok(names::serial_of_target(&service.name));
        }
    }
    Ok(wire.svm(bounds)?.map(|svm| svm.uuid).unwrap_or_default())
}

/// Who it is.
///
/// # Errors
/// When the array does not answer or refuses.
pub(in crate::array::ontap) fn identity(
    line: &Line,
    bounds: &Bounds,
) -> Result<ArrayIdentity, Error> {
    let wire = line.wire(bounds)?;
    let system = wire.system(bounds)?;
    if !system.clustered {
        return Err(line.client.seven_mode(&system.version));
    }
    Ok(ArrayIdentity {
        name: line.array(),
        kind: KIND.into(),
        vendor: "NetApp".into(),
        model: Some(if system.disaggregated {
            "ONTAP (disaggregated)".into()
        } else {
            "ONTAP".into()
        }),
        version: system
            .release
            .map(|release| release.to_string())
            .or(Some(system.version)),
        serial: serial(wire, bounds)?,
        api: Some(wire.api().word().into()),
        health: None,
    })
}

/// Reaches every URL, then looks around. Certificates are seen before any credential is sent.
///
/// # Errors
/// The first thing that does not work.
pub(in crate::array::ontap) fn test(line: &Line, bounds: &Bounds) -> Result<TestReport, Error> {
    let client = &line.client;
    let settings = &line.settings;
    let mut warnings = Vec::new();
    let (mut dead, mut alive) = (None, false);
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
    let rest = detect::ask_rest(client, bounds)?;
    let zapi = detect::ask_zapi(client, bounds)?;
    let mut details = BTreeMap::new();
    let mut detail = |key: &str, value: String| {
        details.insert(key.to_owned(), value);
    };
    detail("rest", rest.speaks.words());
    detail("zapi", zapi.words());
    detail("user", settings.user.clone());
    let identity = identity(line, bounds)?;
    let wire = line.wire(bounds)?;
    if let (Api::Rest, Some(release)) = (wire.api(), rest.too_old) {
        warnings.push(format!(
            "REST of {release} lacks what {FIRST_REST} has: api = \"zapi\" is the safer one"
        ));
    }
    let cluster = wire.is_cluster_account(bounds)?;
    let account = if cluster {
        "of the cluster"
    } else {
        "of an SVM"
    };
    detail("account", account.into());
    // Whatever goes wrong with it: the test of the array is about something else.
    let role = wire.role(bounds).ok().flatten();
    detail("role", role.unwrap_or_else(|| "not told".into()));
    match wire.svm(bounds)? {
        Some(svm) => {
            detail("svm", format!("{}, {}", svm.name, svm.state));
            if svm.state != "running" {
                warnings.push(format!("SVM {} is {}", svm.name, svm.state));
            }
        }
        None => warnings.push("the account sees no SVM".into()),
    }
    for (protocol, word) in [(Protocol::Iscsi, "iscsi"), (Protocol::Fc, "fc")] {
        let name = match wire.service(protocol, bounds)? {
            Some(service) if service.enabled => service.name,
            Some(service) => format!("{}, switched off", service.name),
            None => "no service".into(),
        };
        detail(&format!("{word} target"), name);
        let ports = super::port::list(line, protocol, bounds)?;
        detail(&format!("{word} ports"), usable(&ports));
    }
    warnings.extend(client.take_warnings());
    Ok(TestReport {
        url: client.url(),
        certificate: certificate(client.certificate(), &settings.trust),
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
