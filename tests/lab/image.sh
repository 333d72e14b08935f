#!/bin/bash
# Builds the guest's root folder: Debian packages plus the modules of the User Mode Linux kernel.
#
#   image.sh --needs [EXTRA]       apt packages the host must have, one per line
#   image.sh --key [EXTRA]         hash of everything the image depends on
#   image.sh --build DIR [EXTRA]   build into DIR, which must not exist (root)
#
# EXTRA: what only some measurements want (see below), in an image of its own.
set -eu -o pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

# Host side. user-mode-linux carries the kernel (an ordinary program) and its modules.
needs=(mmdebstrap user-mode-linux)
# For image.d/fcoe.sh, a kernel module.
needs+=(gcc libc6-dev make bc xz-utils)

# Guest side, one list per feature. A feature that needs more than packages (a module built from source, say) gets its own
# file image.d/NAME.sh, called with the root folder; whatever lies there is part of the key.
base=(bash coreutils util-linux mount udev kmod iproute2 procps busybox-static e2fsprogs jq curl)
iscsi=(open-iscsi sg3-utils)
dm=(dmsetup lvm2 multipath-tools kpartx)
files=(nfs-common nfs-kernel-server aoetools vblade)
packages=("${base[@]}" "${iscsi[@]}" "${dm[@]}" "${files[@]}")

# An extra has packages here and, where it needs more, a file image.d/extra/NAME.sh. None is in the image that CI builds.
extra=none
add_extra() {
    extra=${1:-none}
    case $extra in
        none) ;;
        os-brick) packages+=(python3 libstdc++6) needs+=(python3-pip) ;;
        *) echo "image.sh: no extra $extra" >&2; return 1 ;;
    esac
}

# What is run on this image, in this order.
features() {
    local file
    cd "$here"
    for file in image.d/*.sh "image.d/extra/$extra.sh"; do [ ! -e "$file" ] || echo "$file"; done
}

kernel_version() { dpkg-query -W -f '${Version}' user-mode-linux; }

key() {
    {
        kernel_version
        echo "$extra"
        # File names relative, so that two clones of one commit share an image.
        cd "$here"
        features | xargs sha256sum image.sh stage1
    } | sha256sum | cut -c1-16
}

# The machine's own package sources, as far as they are Debian's: whatever mirror this machine is told to use is used.
debian_sources() {
    local keyring=/usr/share/keyrings/debian-archive-keyring.gpg option=
    [ ! -r $keyring ] || option="[signed-by=$keyring] "
    apt-get indextargets --format "\$(ORIGIN)|deb $option\$(REPO_URI) \$(RELEASE) \$(COMPONENT)" 'Created-By: Packages' |
        sed -n 's/^Debian|//p' | sort -u
}

build() {
    local root=$1 codename list sources modules feature
    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    sources=$(debian_sources)
    [ -n "$sources" ] || { echo "image.sh: apt knows no Debian package list; run 'apt-get update' first" >&2; return 1; }
    list=$(IFS=,; echo "${packages[*]}")
    # essential: no apt in the guest. Dpkg without fsync, docs and translations: half the time and the size.
    printf '%s\n' "$sources" | mmdebstrap --mode=root --variant=essential --include="$list" \
        --aptopt='APT::Install-Recommends "false"' --dpkgopt=force-unsafe-io \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
        --dpkgopt='path-exclude=/usr/share/perl/*/unicore/*' --skip=cleanup/reproducible \
        --format=directory "$codename" "$root" - >&2
    mkdir -p "$root/lab/share" "$root/lab/top" "$root/host" "$root/lib/modules"
    modules=(/usr/lib/uml/modules/*)
    [ ${#modules[@]} = 1 ] || { echo "image.sh: expected one kernel under /usr/lib/uml/modules, found: ${modules[*]}" >&2; return 1; }
    cp -a "${modules[0]}" "$root/lib/modules/"
    install -m 0755 "$here/stage1" "$root/lab/stage1"
    for feature in $(features); do
        bash "$here/$feature" "$root"
    done
}

case ${1-} in
    --needs) add_extra "${2-}" && printf '%s\n' "${needs[@]}" ;;
    --key) add_extra "${2-}" && key ;;
    --build) add_extra "${3-}" && build "${2:?directory wanted}" ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
