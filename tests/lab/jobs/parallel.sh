# 16 LUNs of one target over two portals, attached and detached at once: nothing is lost, and nobody is logged out under another
# shellcheck shell=bash
# deadline: 1200
# SANCTL_LAB_ROUNDS=200 SANCTL_LAB_PATIENCE=40 tests/lab/run parallel
rounds=5
[ ! -e /host/rounds ] || rounds=$(</host/rounds)
luns=16
configure_node
lab_net 2
for ((n = 1; n <= luns; n++)); do
    wwid[n]=$(printf '6a4c64f1001db63307a4e17%09d' "$n")
    lio_backstore "vol$n" 16M "${wwid[n]}" HUAWEI XSG1
    node_info /run/info-"$n".json $iqn "$n" $a $b
    numbered+=("$n:vol$n")
done
lio_export $iqn "$a $b" "${numbered[@]}"
start_iscsid
start_multipathd
before=$(state_snapshot)

# start up|down FIRST STEP [ARG...]: begins a run for every STEPth LUN from FIRST on; finish awaits all that were begun.
start() {
    local act=$1 n
    for ((n = $2; n <= luns; n += $3)); do
        if [ "$act" = up ]; then
            begin node_attach /run/info-"$n".json --wwid "${wwid[n]}" -q "${@:4}" >/run/"$n".out 2>/run/"$n".err
        else
            begin node_detach "${wwid[n]}" >/run/"$n".out 2>/run/"$n".err
        fi
        begun[$!]="$act $n"
    done
}
# Sets $WRONG: what did not end as it should, and the devices that came out with another identity than was asked for.
finish() {
    local pid rc act n disk dm
    WRONG=''
    for pid in "${!begun[@]}"; do
        rc=0
        wait "$pid" || rc=$?
        read -r act n <<<"${begun[$pid]}"
        [ $rc = 0 ] || WRONG+="$act $n exit $rc: $(</run/"$n".err)"$'\n'
        [ "$act $rc" = 'up 0' ] || continue
        device[n]=$(</run/"$n".out)
        disk=$(readlink -f "${device[n]}") disk=${disk##*/}
        if [ -d "/sys/block/$disk/dm" ]; then
            dm=$(</sys/block/"$disk"/dm/uuid)
            [ "$dm" = "mpath-3${wwid[n]}" ] || WRONG+="LUN $n came as ${device[n]}, $dm"$'\n'
        else
            [ "$(wwid_of "$disk")" = "${wwid[n]}" ] || WRONG+="LUN $n came as ${device[n]}, $(wwid_of "$disk")"$'\n'
        fi
    done
    begun=()
}
declare -A begun
# paths FIRST STEP: the LUNs, and only those, with a disk on each of the two sessions, all running.
paths() {
    local n got wanted='' p
    for ((n = $1; n <= luns; n += $2)); do wanted+="${wwid[n]} ${wwid[n]} "; done
    got=$(for p in /sys/class/scsi_device/*; do
        [ ! -e "$p/device/wwid" ] || echo "$(<"$p/device/wwid")$(<"$p/device/state")"
    done | sort)
    got=${got//$'\n'/ } got=${got//naa./}
    [ "${got//running/}" = "${wanted% }" ] || { echo "have $got"; return 1; }
}
is_empty() { [ "$(state_snapshot)" = "$before" ]; }
sids() { echo /sys/class/iscsi_session/session*; }

# One round of three is with maps, of fewer LUNs: udev has much to do with each. One mixes both ways.
for ((round = 1; round <= rounds; round++)); do
    with='' luns=16 kind=plain
    case $((round % 3)) in
        2) with=--multipath luns=4 kind=maps ;;
        0) kind=mixed ;;
    esac
    name="round $round, $kind"
    from=$(now_ms)
    if [ $kind = mixed ]; then
        start up 1 2
        finish
        check_eq "$name: half of them attach at once" "$WRONG" ''
        at=$(sids)
        start up 2 4
        start down 3 4
        finish
        check_eq "$name: some attach while others detach" "$WRONG" ''
        check_eq "$name: on the same sessions" "$(sids)" "$at"
        start up 4 4
        start down 1 4
        start down 2 4
        finish
        check_eq "$name: and the last detach while others attach" "$WRONG" ''
        check "$name: only those are there" paths 4 4
        took="mixed $(($(now_ms) - from)) ms"
        from=$(now_ms)
        start down 4 4
    else
        start up 1 1 $with
        finish
        check_eq "$name: $luns attach at once" "$WRONG" ''
        check "$name: all are there" paths 1 1
        check_eq "$name: on one session a portal" "$(sids | wc -w)" 2
        took="attach $(($(now_ms) - from)) ms"
        settle
        from=$(now_ms)
        start down 1 1
    fi
    finish
    check_eq "$name: all detach at once" "$WRONG" ''
    check_eq "$name: nothing is left" "$(state_snapshot)" "$before"
    note "$name: $took, detach $(($(now_ms) - from)) ms"
    is_empty || break
done
