# The target half of the job library: LIO by configfs. Read by lib.sh.
# The target lives in the network namespace "tgt", one veth pair per portal, so that a portal can be cut.
# shellcheck shell=bash

LAB_CORE=/sys/kernel/config/target/core/fileio_0
LAB_ISCSI=/sys/kernel/config/target/iscsi
# What jobs call the usual target, its two portals and the wwids of its two LUNs.
iqn=iqn.2020-01.com.example:lab.target
a=10.0.0.1:3260
b=10.0.1.1:3260
one=6a4c64f1001db63307a4e1700000001e
two=6a4c64f1001db63307a4e1700000002f

# lab_net [N]: N portal addresses, 10.0.0.1 to 10.0.(N-1).1; the initiator has .2 in each net. Portal numbers count from 1.
lab_net() {
    local n
    [ -e /run/netns/tgt ] || { ip netns add tgt; in_tgt ip link set lo up; }
    for ((n = 1; n <= ${1:-2}; n++)); do
        [ ! -e "/sys/class/net/i$n" ] || continue
        ip link add "i$n" type veth peer name "p$n" netns tgt
        ip addr add "10.0.$((n - 1)).2/24" dev "i$n"
        ip link set "i$n" up
        in_tgt ip addr add "10.0.$((n - 1)).1/24" dev "p$n"
        in_tgt ip link set "p$n" up
    done
}
# nsenter, not "ip netns exec": that one mounts a new /sys and configfs is gone.
in_tgt() { nsenter --net=/run/netns/tgt "$@"; }
# The target's end goes down, as when an array's port dies: the initiator's packets are lost, nothing answers.
portal_down() { in_tgt ip link set "p$1" down; }
# Up is when it answers again: for a moment after the link is there, routes and neighbours are still those of a dead one.
portal_up() { in_tgt ip link set "p$1" up && await 60 busybox ping -c1 -W1 "10.0.$(($1 - 1)).1"; }

# lio_backstore NAME SIZE WWID [VENDOR PRODUCT]: WWID is 32 hex digits and begins with 6. LIO builds its NAA name as
# 6 + company_id (6 digits) + first 25 digits of the serial, so any such wwid can be had. Sizes as for truncate (64M).
lio_backstore() {
    local dir=$LAB_CORE/$1 file=/run/lio-$1 wwid=$3
    [[ $wwid =~ ^6[0-9a-f]{31}$ ]] || { echo "lio_backstore: not a wwid: $wwid" >&2; return 1; }
    truncate -s "$2" "$file"
    mkdir -p "$dir"
    echo "fd_dev_name=$file,fd_dev_size=$(stat -c %s "$file")" >"$dir/control"
    # In this order and before the export; otherwise the kernel refuses, or udev makes no by-id names.
    echo "0x${wwid:1:6}" >"$dir/wwn/company_id"
    if [ $# -ge 5 ]; then
        echo "$4" >"$dir/wwn/vendor_id"
        echo "$5" >"$dir/wwn/product_id"
    fi
    echo "${wwid:7}" >"$dir/wwn/vpd_unit_serial"
    echo 1 >"$dir/enable"
}

# lio_target IQN: ready for ACLs, no CHAP, no demo mode.
lio_target() {
    local tpg=$LAB_ISCSI/$1/tpgt_1
    mkdir -p "$LAB_ISCSI" "$LAB_ISCSI/$1"
    mkdir -p "$tpg"
    echo 0 >"$tpg/attrib/authentication"
    echo 1 >"$tpg/enable"
}
# lio_portal IQN IP[:PORT]: the socket belongs to the namespace of the process that makes the directory.
lio_portal() {
    local portal=$2
    [[ $portal == *:* ]] || portal=$portal:3260
    in_tgt mkdir "$LAB_ISCSI/$1/tpgt_1/np/$portal"
}
# lio_lun IQN TPGLUN BACKSTORE
lio_lun() {
    mkdir "$LAB_ISCSI/$1/tpgt_1/lun/lun_$2"
    ln -s "$LAB_CORE/$3" "$LAB_ISCSI/$1/tpgt_1/lun/lun_$2/$3"
}
# lio_acl IQN INITIATOR
lio_acl() { mkdir "$LAB_ISCSI/$1/tpgt_1/acls/$2"; }
# lio_map IQN INITIATOR LUNNUMBER TPGLUN: the initiator sees the LUN under LUNNUMBER.
lio_map() {
    local mapped=$LAB_ISCSI/$1/tpgt_1/acls/$2/lun_$3
    mkdir "$mapped"
    ln -s "$LAB_ISCSI/$1/tpgt_1/lun/lun_$4" "$mapped/lun_$4"
}
# lio_unmap IQN INITIATOR LUNNUMBER
lio_unmap() {
    local mapped=$LAB_ISCSI/$1/tpgt_1/acls/$2/lun_$3 link
    for link in "$mapped"/*; do [ ! -L "$link" ] || rm "$link"; done
    rmdir "$mapped"
}
# lio_remap IQN INITIATOR LUNNUMBER TPGLUN: from now on the number is this LUN's.
lio_remap() { lio_unmap "$1" "$2" "$3" && lio_map "$@"; }
# lio_export IQN PORTALS [LUNNUMBER:BACKSTORE...]: a target with all of it, PORTALS in one word. Its LUNs 0, 1, ... are the backstores;
# our initiator sees each under its number, or not yet where none is said.
lio_export() {
    local iqn=$1 portals=$2 portal lun n=0
    shift 2
    lio_target "$iqn"
    for portal in $portals; do lio_portal "$iqn" "$portal"; done
    lio_acl "$iqn" "$LAB_INITIATOR"
    for lun in "$@"; do
        lio_lun "$iqn" $n "${lun#*:}"
        [ "${lun%%:*}" = '' ] || lio_map "$iqn" "$LAB_INITIATOR" "${lun%%:*}" $n
        n=$((n + 1))
    done
}
# lio_two_luns [LUNNUMBER [LUNNUMBER]]: the usual target with vol1 (64M) and vol2 (32M) under these numbers, or not yet mapped.
lio_two_luns() {
    lab_net 2
    lio_backstore vol1 64M $one HUAWEI XSG1
    lio_backstore vol2 32M $two HUAWEI XSG1
    lio_export $iqn "$a $b" "${1-}:vol1" "${2-}:vol2"
}
# lio_chap IQN INITIATOR USER PASSWORD: from now on logins of INITIATOR must carry these; the whole target then wants CHAP.
lio_chap() {
    local acl=$LAB_ISCSI/$1/tpgt_1/acls/$2
    # Without the newline: the kernel would take it as part of the name.
    printf %s "$3" >"$acl/auth/userid"
    printf %s "$4" >"$acl/auth/password"
    echo 1 >"$LAB_ISCSI/$1/tpgt_1/attrib/authentication"
}
# lio_remove IQN: the target with all it exports; sessions on it break.
lio_remove() {
    local tpg=$LAB_ISCSI/$1/tpgt_1 d
    echo 0 >"$tpg/enable"
    for d in "$tpg"/acls/*/lun_*/*; do [ ! -L "$d" ] || rm "$d"; done
    for d in "$tpg"/acls/*/lun_* "$tpg"/acls/*; do [ ! -d "$d" ] || rmdir "$d"; done
    for d in "$tpg"/lun/lun_*/*; do [ ! -L "$d" ] || rm "$d"; done
    for d in "$tpg"/lun/lun_* "$tpg"/np/* "$tpg" "$LAB_ISCSI/$1"; do [ ! -d "$d" ] || rmdir "$d"; done
}
