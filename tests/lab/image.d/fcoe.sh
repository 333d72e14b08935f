#!/bin/bash
# Adds fcoe.ko to the guest: fcoe.sh ROOT. With it an Ethernet card is a Fibre Channel port.
# User Mode Linux is configured without it (its Kconfig wants PCI), but nothing in it needs PCI: the one module is compiled here
# against the sources and the configuration the kernel was built from. No module versions, so the release alone must match.
set -eu -o pipefail
root=$1
release=$(cd "$root/lib/modules" && echo *)
source=linux-source-${release%.*}
config=/usr/share/doc/user-mode-linux/config.gz
die() { echo "image.d/fcoe.sh: $*" >&2; exit 1; }

# The kernel package says what it was built from: "linux (= 6.1.176-1)".
built_using=$(dpkg-query -W -f '${Built-Using}' user-mode-linux)
version=$(sed -n 's/.*\blinux (= \([^)]*\)).*/\1/p' <<<"$built_using")
[ "${version%-*}" = "$release" ] || die "the kernel is $release, but user-mode-linux says it was built using: ${built_using:-nothing}"
[ -r "$config" ] || die "no kernel configuration at $config"

tree=$(mktemp -d "${TMPDIR:-/tmp}/sanctl-fcoe.XXXXXX")
trap 'rm -rf -- "$tree"' EXIT
cd "$tree"
apt-get -q -o Acquire::Retries=3 -o APT::Sandbox::User=root download "$source=$version" ||
    die "apt has no $source=$version, the source of the kernel of user-mode-linux $(dpkg-query -W -f '${Version}' user-mode-linux)"
# A tenth of the source: what is compiled and what is included.
wanted=(Makefile Kbuild scripts include arch/um arch/x86 kernel/bounds.c kernel/time/timeconst.bc drivers/scsi/fcoe)
dpkg-deb --fsys-tarfile "$source"_*.deb | tar x -O "./usr/src/$source.tar.xz" | xz -T0 -dc |
    tar x --strip-components=1 "${wanted[@]/#/$source/}"

# What Kconfig would write, without Kconfig: the configuration is complete as it is.
mkdir -p include/config include/generated
zcat "$config" >.config
sed -n 's/^\(CONFIG_[A-Za-z0-9_]*=\)"\(.*\)"$/\1\2/p; t; /^CONFIG_/p' .config >include/config/auto.conf
sed -n 's/^\(CONFIG_[A-Za-z0-9_]*\)=y$/#define \1 1/p; t; s/^\(CONFIG_[A-Za-z0-9_]*\)=m$/#define \1_MODULE 1/p; t
    s/^\(CONFIG_[A-Za-z0-9_]*\)=\(.*\)$/#define \1 \2/p' .config >include/generated/autoconf.h
: >include/config/auto.conf.cmd

# The structures of this kernel are those of one without FCoE: a network card has no offload for it, and no members to ask.
cat >drivers/scsi/fcoe/offload.h <<'C'
static const struct no_offload {
	int (*ndo_fcoe_enable)(struct net_device *);
	int (*ndo_fcoe_disable)(struct net_device *);
	int (*ndo_fcoe_ddp_setup)(struct net_device *, u16, struct scatterlist *, unsigned int);
	int (*ndo_fcoe_ddp_done)(struct net_device *, u16);
	int (*ndo_fcoe_ddp_target)(struct net_device *, u16, struct scatterlist *, unsigned int);
	int (*ndo_fcoe_get_hbainfo)(struct net_device *, struct netdev_fcoe_hbainfo *);
} no_offload;
C
sed -i -e '/^#include "fcoe.h"/a #include "offload.h"' -e 's/const struct net_device_ops \*ops;/const struct no_offload *ops;/' \
    -e 's/ops = netdev->netdev_ops;/ops = \&no_offload;/' -e 's/\(netdev\|realdev\)->netdev_ops->/no_offload./' \
    -e 's/netdev->fcoe_ddp_xid/0/' drivers/scsi/fcoe/fcoe.c
# struct netdev_fcoe_hbainfo alone, which no other structure holds.
sed -i 's/^#if defined(CONFIG_FCOE) || defined(CONFIG_FCOE_MODULE)$/#if 1/' include/linux/netdevice.h

# SELinux has a generator among the scripts, whose input was not unpacked.
kernel=(make -s -j "$(nproc)" ARCH=um CONFIG_SECURITY_SELINUX=)
"${kernel[@]}" modules_prepare
# Symbols are checked when depmod and modprobe see the kernel's own; here is no list of them.
"${kernel[@]}" KBUILD_MODPOST_WARN=1 CONFIG_FCOE=m CONFIG_LIBFCOE= M=drivers/scsi/fcoe modules
strip --strip-debug drivers/scsi/fcoe/fcoe.ko
install -m 0644 -D -t "$root/lib/modules/$release/kernel/drivers/scsi/fcoe" drivers/scsi/fcoe/fcoe.ko
chroot "$root" depmod "$release"
magic=$(chroot "$root" modinfo -k "$release" -F vermagic fcoe)
theirs=$(chroot "$root" modinfo -k "$release" -F vermagic libfcoe)
[ "$magic" = "$theirs" ] || die "fcoe.ko is for '$magic', the kernel's own modules for '$theirs'"
