# Fibre Channel for the job library: FCoE ports over veth pairs, the target tcm_fc. Read by lib.sh.
# A pair is a fabric of its own with two ports: the initiator on fa$n, the target on fb$n. Both ends are in the guest's own network
# namespace, for the kernel makes FCoE ports nowhere else: a target's port is an HBA of this node too, which sees initiators only.
# Backstores are those of lio.sh. Pairs count from 1.
# shellcheck shell=bash

LAB_FC=/sys/kernel/config/target/fc

# fc_initiator N, fc_target_port N: WWPNs, 16 hex digits. A WWPN is 2000 + the card's MAC; the port id its last two bytes.
fc_initiator() { printf '2000020000000a%02x' "$1"; }
fc_target_port() { printf '2000020000000b%02x' "$1"; }
# With colons, as configfs has them.
fc_colons() { local w=$1; w=${w//??/&:}; echo "${w%:}"; }
fc_tpg() { echo "$LAB_FC/$(fc_colons "$(fc_target_port "$1")")/tpgt_1"; }
fc_acl() { echo "$(fc_tpg "$1")/acls/$(fc_colons "$(fc_initiator "$1")")"; }

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
    local tpg
    tpg=$(fc_tpg "$1")
    mkdir -p "${tpg%/*}"
    mkdir -p "$tpg"
    mkdir "$(fc_acl "$1")"
}
# fc_lun N TPGLUN BACKSTORE
fc_lun() {
    local lun
    lun=$(fc_tpg "$1")/lun/lun_$2
    mkdir "$lun"
    ln -s "$LAB_CORE/$3" "$lun/$3"
}
# fc_map N NUMBER TPGLUN: the initiator of pair N sees the LUN under NUMBER.
fc_map() {
    local mapped
    mapped=$(fc_acl "$1")/lun_$2
    mkdir "$mapped"
    ln -s "$(fc_tpg "$1")/lun/lun_$3" "$mapped/lun_$3"
}
# fc_unmap N NUMBER
fc_unmap() {
    local mapped link
    mapped=$(fc_acl "$1")/lun_$2
    for link in "$mapped"/*; do [ ! -L "$link" ] || rm "$link"; done
    rmdir "$mapped"
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
    for ((n = 1; n <= ${1:-1}; n++)); do await 40 fc_sees "$n" || return 1; done
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
fc_rport() {
    local rport host
    host=$(fc_host "$(fc_initiator "$1")") || return 1
    for rport in "/sys/class/fc_remote_ports/rport-$host:"*; do
        [ -e "$rport/port_name" ] && [ "$(<"$rport/port_name")" = "0x$(fc_target_port "$1")" ] || continue
        echo "$rport"
        return 0
    done
    return 1
}
fc_sees() {
    local rport
    rport=$(fc_rport "$1") && [ "$(<"$rport/port_state")" = Online ] && [[ $(<"$rport/roles") == *Target* ]] &&
        [ "$(<"$rport/scsi_target_id")" != -1 ]
}
fc_blocked() { local rport; rport=$(fc_rport "$1") && [ "$(<"$rport/port_state")" != Online ]; }
# fc_link_down N, fc_link_up N: the cable between the two, out and in; each returns when the initiator has noticed.
fc_link_down() { ip link set "fb$1" down && await 20 fc_blocked "$1"; }
fc_link_up() { ip link set "fb$1" up && await 40 fc_sees "$1"; }
# fc_autoscan off|on: whether the kernel itself looks for LUNs when a target appears. It does so whenever one logs in, in the
# background, with no sign when it is done. Off is what an administrator gets by scsi_mod.scan=manual.
fc_autoscan() { case $1 in off) printf manual ;; *) printf async ;; esac >/sys/module/scsi_mod/parameters/scan; } # no room for a newline
# fc_scan N NUMBER: asks the target of pair N for exactly this LUN.
fc_scan() {
    local rport host channel
    rport=$(fc_rport "$1") && rport=${rport##*/rport-} && host=${rport%%:*}
    channel=${rport#*:}
    echo "${channel%%-*} $(<"/sys/class/fc_remote_ports/rport-$rport/scsi_target_id") $2" >"/sys/class/scsi_host/host$host/scan"
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
