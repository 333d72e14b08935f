# Fibre Channel for the job library: FCoE ports over veth pairs, the target tcm_fc. Read by lib.sh.
# A pair is a fabric of its own with two ports: the initiator on fa$n, the target on fb$n. Both ends are in the guest's own network
# namespace, for the kernel makes FCoE ports nowhere else: a target's port is an HBA of this node too, which sees initiators only.
# Backstores are those of lio.sh. Pairs count from 1.
# shellcheck shell=bash

LAB_FC=/sys/kernel/config/target/fc

# fc_initiator N, fc_target_port N: WWPNs, 16 hex digits. A WWPN is 2000 + the card's MAC; the port id its last two bytes.
fc_initiator() { printf '2000020000000a%02x' "$1"; }
fc_target_port() { printf '2000020000000b%02x' "$1"; }

# Sets $TPG and $ACL, the folders of pair N: its target, and what its initiator may see.
fc_folders() {
    printf -v TPG "$LAB_FC/20:00:02:00:00:00:0b:%02x/tpgt_1" "$1"
    printf -v ACL '%s/acls/20:00:02:00:00:00:0a:%02x' "$TPG" "$1"
}

# fc_net [N]: N pairs of cards, no ports yet, the cables out.
fc_net() {
    local n
    modprobe -a fcoe tcm_fc
    mkdir -p $LAB_FC
    for ((n = 1; n <= ${1:-1}; n++)); do
        ip link add "fa$n" mtu 2500 address "$(printf '02:00:00:00:0a:%02x' "$n")" type veth \
            peer name "fb$n" mtu 2500 address "$(printf '02:00:00:00:0b:%02x' "$n")"
        ip link set "fa$n" up
    done
}
# fc_target N: the target of pair N with its one initiator.
fc_target() {
    local TPG ACL
    fc_folders "$1"
    mkdir "${TPG%/*}" "$TPG" "$ACL"
}
# fc_lun N TPGLUN BACKSTORE
fc_lun() {
    local TPG ACL
    fc_folders "$1"
    mkdir "$TPG/lun/lun_$2"
    ln -s "$LAB_CORE/$3" "$TPG/lun/lun_$2/$3"
}
# fc_map N NUMBER TPGLUN: the initiator of pair N sees the LUN under NUMBER.
fc_map() {
    local TPG ACL
    fc_folders "$1"
    mkdir "$ACL/lun_$2"
    ln -s "$TPG/lun/lun_$3" "$ACL/lun_$2/lun_$3"
}
# fc_unmap N NUMBER
fc_unmap() {
    local TPG ACL link
    fc_folders "$1"
    for link in "$ACL/lun_$2"/*; do [ ! -L "$link" ] || rm "$link"; done
    rmdir "$ACL/lun_$2"
}
# fc_remap N NUMBER TPGLUN: from now on the number is this LUN's.
fc_remap() { fc_unmap "$1" "$2" && fc_map "$@"; }
# fc_export N BACKSTORE...: the targets of pairs 1 to N, whose LUNs 0, 1, ... are the backstores; nobody sees them yet.
fc_export() {
    local pairs=$1 n lun
    shift
    for ((n = 1; n <= pairs; n++)); do
        fc_target "$n"
        for ((lun = 0; lun < $#; lun++)); do fc_lun "$n" $lun "${@:lun+1:1}"; done
    done
}
# fc_up [N]: the ports of pairs 1 to N, until each initiator sees its target. Only after fc_target: whether a port is a target is
# told once, when the two log in to one another. The cable goes in last: a frame that reaches a port half made is a kernel panic.
fc_up() {
    local n
    for ((n = 1; n <= ${1:-1}; n++)); do
        echo "fb$n" >/sys/module/libfcoe/parameters/create_vn2vn
        echo "fa$n" >/sys/module/libfcoe/parameters/create_vn2vn
        ip link set "fb$n" up
    done
    for ((n = 1; n <= ${1:-1}; n++)); do await 60 fc_sees "$n" || return 1; done
}
# fc_down N: the ports of pair N cease to be, as when an HBA is unplugged.
fc_down() {
    ip link set "fb$1" down
    echo "fa$1" >/sys/module/libfcoe/parameters/destroy
    echo "fb$1" >/sys/module/libfcoe/parameters/destroy
}
# fc_host WWPN: the SCSI host number of a port of this node; exit 1 without one.
fc_host() {
    local host
    for host in /sys/class/fc_host/host*; do
        [ -e "$host/port_name" ] && [ "$(<"$host/port_name")" = "0x$1" ] || continue
        echo "${host##*/host}"
        return 0
    done
    return 1
}
# fc_rport N: the folder of the target's port as the initiator of pair N sees it; exit 1 without one.
fc_rport() { local RPORT=''; fc_find_rport "$1" && echo "$RPORT"; }
# The same into $RPORT, without a process: it is asked again and again.
fc_find_rport() {
    local own far host
    printf -v own '0x2000020000000a%02x' "$1"
    printf -v far '0x2000020000000b%02x' "$1"
    for host in /sys/class/fc_host/host*; do
        [ -e "$host/port_name" ] && [ "$(<"$host/port_name")" = "$own" ] || continue
        for RPORT in "/sys/class/fc_remote_ports/rport-${host##*/host}:"*; do
            [ -e "$RPORT/port_name" ] && [ "$(<"$RPORT/port_name")" = "$far" ] || continue
            return 0
        done
    done
    return 1
}
fc_sees() {
    local RPORT=''
    fc_find_rport "$1" && [ "$(<"$RPORT/port_state")" = Online ] && [[ $(<"$RPORT/roles") == *Target* ]] &&
        [ "$(<"$RPORT/scsi_target_id")" != -1 ]
}
fc_blocked() { local RPORT=''; fc_find_rport "$1" && [ "$(<"$RPORT/port_state")" != Online ]; }
# fc_link_down N, fc_link_up N: the cable between the two, out and in; each returns when the initiator has noticed.
fc_link_down() { ip link set "fb$1" down && await 60 fc_blocked "$1"; }
fc_link_up() { ip link set "fb$1" up && await 60 fc_sees "$1"; }
# fc_autoscan off|on: whether the kernel itself looks for LUNs when a target appears. It does so whenever one logs in, in the
# background, with no sign when it is done. Off is what an administrator gets by scsi_mod.scan=manual.
fc_autoscan() { case $1 in off) printf manual ;; *) printf async ;; esac >/sys/module/scsi_mod/parameters/scan; } # no room for a newline
# fc_scan N NUMBER: asks the target of pair N for exactly this LUN.
fc_scan() {
    local RPORT='' place
    fc_find_rport "$1" || return 1
    place=${RPORT##*/rport-} # host:channel-number
    place=${place%-*}
    echo "${place#*:} $(<"$RPORT/scsi_target_id") $2" >"/sys/class/scsi_host/host${place%:*}/scan"
}
# fc_disk N NUMBER: the block device's name; exit 1 without one.
fc_disk() {
    local host d
    host=$(fc_host "$(fc_initiator "$1")") || return 1
    for d in "/sys/class/scsi_device/$host:"*":$2/device/block/"*; do
        [ -e "$d" ] || return 1
        echo "${d##*/}"
        return 0
    done
}
# fc_info FILE NUMBER N...: a connection info for LUN NUMBER over the pairs N.
fc_info() {
    local file=$1 number=$2 n targets='' map=''
    shift 2
    for n in "$@"; do
        targets+="\"$(fc_target_port "$n")\","
        map+="\"$(fc_initiator "$n")\":[\"$(fc_target_port "$n")\"],"
    done
    printf '{"driver_volume_type":"fibre_channel","data":{"target_wwn":[%s],"target_lun":%s,"initiator_target_map":{%s}}}' \
        "${targets%,}" "$number" "${map%,}" >"$file"
}
