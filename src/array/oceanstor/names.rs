//! Names that OpenStack's driver gives to objects, made and understood (oceanstor.md §6), so that
//! what it made and what `sanctl` makes are the same objects.

/// The longest name that every generation takes.
pub const NAME_LIMIT: usize = 31;

/// The objects that belong to one host by their name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// The host group.
    HostGroup,
    /// The LUN group.
    LunGroup,
    /// The mapping view.
    View,
    /// The port group (FC with zoning only).
    PortGroup,
}

impl Noun {
    const ALL: [Self; 4] = [Self::HostGroup, Self::LunGroup, Self::View, Self::PortGroup];

    const fn prefix(self) -> &'static str {
        match self {
            Self::HostGroup => "OpenStack_HostGroup_",
            Self::LunGroup => "OpenStack_LunGroup_",
            Self::View => "OpenStack_Mapping_View_",
            Self::PortGroup => "OpenStack_PortGroup_",
        }
    }

    /// The name of this object of the host with the array's id `host`.
    pub fn name(self, host: &str) -> String {
        format!("{}{host}", self.prefix())
    }
}

/// What a generated name says: which object of which host. `None` for every other name.
pub fn parse_convention(name: &str) -> Option<(Noun, &str)> {
    Noun::ALL.into_iter().find_map(|noun| {
        let host = name.strip_prefix(noun.prefix())?;
        let number = !host.is_empty() && host.bytes().all(|b| b.is_ascii_digit());
        number.then_some((noun, host))
    })
}

/// The name of the host object of a node: the node's own, or a digest of it if that is too long.
/// The full name then belongs into the host's description.
pub fn host_name(node: &str) -> String {
    if node.chars().count() <= NAME_LIMIT {
        return node.to_owned();
    }
    digest(node).chars().take(NAME_LIMIT).collect()
}

/// The name of the LUN or snapshot of an OpenStack id.
pub fn openstack_name(id: &str) -> String {
    let start = id.split('-').next().unwrap_or_default();
    let digest = digest(id);
    format!("{start}-{digest}")
        .chars()
        .take(NAME_LIMIT)
        .collect()
}

/// The names under which the LUN of a UUID may be known, the likeliest first: the driver's rule,
/// Cinder's own template (arrays with long names), the UUID itself.
pub fn lun_names(uuid: &str) -> [String; 3] {
    [
        openstack_name(uuid),
        format!("volume-{uuid}"),
        uuid.to_owned(),
    ]
}

fn digest(text: &str) -> String {
    format!("{:x}", md5::compute(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_names_of_31_characters_stay_and_longer_ones_become_digests() {
        assert_eq!(
            host_name("compute-0123456789.example.internal"),
            "cb25b27941ff2f0ea8922f8e4bb6a45"
        );
        assert_eq!(host_name(&"a".repeat(31)), "a".repeat(31));
        assert_eq!(
            host_name(&"a".repeat(32)),
            "5eca9bd3eb07c006cd43ae48dfde7fd"
        );
    }

    #[test]
    fn openstack_ids_become_names_of_31_characters() {
        for (id, name) in [
            (
                "eac3c181-b02b-4982-9d7e-d273ee2738e0",
                "eac3c181-6e651741c2df90c11377c5",
            ),
            (
                "5d0c2f9a-6b1e-4e73-8a42-c91f07e3b6d8",
                "5d0c2f9a-69647e2b8f3666c97bdade",
            ),
        ] {
            assert_eq!(openstack_name(id), name);
            assert_eq!(lun_names(id)[1], format!("volume-{id}"));
        }
    }

    #[test]
    fn generated_names_are_understood_and_others_are_not() {
        for noun in Noun::ALL {
            assert_eq!(parse_convention(&noun.name("12")), Some((noun, "12")));
        }
        assert_eq!(
            parse_convention("OpenStack_Mapping_View_2"),
            Some((Noun::View, "2"))
        );
        for other in [
            "",
            "OpenStack_HostGroup_",
            "OpenStack_HostGroup_2x",
            "openstack_hostgroup_2",
            "k8s_node1",
        ] {
            assert_eq!(parse_convention(other), None, "{other}");
        }
    }
}
