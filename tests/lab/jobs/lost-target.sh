# What a LUN was reached by is lost: a portal while its disk is in recovery, the target, a path that only stands by (ALUA)
# shellcheck shell=bash
# deadline: 430
configure_node
lab_net 2
lio_backstore vol 64M $one HUAWEI XSG1
# lab_target: one target group for each portal, so that ALUA can tell them apart.
lab_target() {
    local n tpg
    lio_target $iqn
    for n in 1 2; do
        tpg=$LAB_ISCSI/$iqn/tpgt_$n
        [ -d "$tpg" ] || mkdir "$tpg"
        echo 0 >"$tpg/attrib/authentication"
        in_tgt mkdir "$tpg/np/10.0.$((n - 1)).1:3260"
        mkdir "$tpg/lun/lun_0" "$tpg/acls/$LAB_INITIATOR"
        ln -s "$LAB_CORE/vol" "$tpg/lun/lun_0/vol"
        mkdir "$tpg/acls/$LAB_INITIATOR/lun_7"
        ln -s "$tpg/lun/lun_0" "$tpg/acls/$LAB_INITIATOR/lun_7/lun_0"
        echo 1 >"$tpg/enable"
    done
}
lab_target
remove_target() {
    local tpg=$LAB_ISCSI/$iqn/tpgt_2 d
    echo 0 >"$tpg/enable"
    rm "$tpg"/acls/*/lun_7/lun_0 "$tpg"/lun/lun_0/vol
    for d in "$tpg"/acls/*/lun_7 "$tpg"/acls/iqn* "$tpg"/lun/lun_0 "$tpg"/np/1* "$tpg"; do rmdir "$d"; done
    lio_remove $iqn
}
start_iscsid
before=$(state_snapshot)
node_info /run/one.json $iqn 7 $a
node_info /run/other.json $iqn 7 $b
node_info /run/two.json $iqn 7 $a $b
within() { # NAME SECONDS: since $start
    start=$(($(now_ms) - start))
    note "$1: $start ms"
    check "$1: within $2 s" test $start -lt $(($2 * 1000))
}
state_is() { local s; s=$(cat /sys/class/scsi_device/*/device/state); [ "${s//$'\n'/ }" = "$1" ]; }

# A disk in recovery: whoever asks the kernel to remove it waits as long as the recovery takes.
rc 'in recovery: attach' 0 node_attach /run/one.json --wwid $one -q
device=$OUT
settle
portal_down 1
check 'in recovery: the disk is blocked' await 60 state_is blocked
start=$(now_ms)
rc 'in recovery: status' 3 node_status $one
within 'in recovery: status' 60
start=$(now_ms)
CODE=0
node_detach $one --timeout 10s >/run/out 2>&1 || CODE=$?
note "in recovery: detach exits $CODE: $(tail -n 1 /run/out)"
check_match 'in recovery: detach in time, or out of time' "$CODE" '[045]'
within 'in recovery: detach' 60
portal_up 1
check 'in recovery: detach when the portal is back' await 120 node_detach $one
check_eq 'in recovery: nothing is left' "$(state_snapshot)" "$before"

# The array takes the whole target away.
for how in 'one path' map; do
    if [ "$how" = map ]; then
        start_multipathd
        rc "$how: attach" 0 node_attach /run/two.json --wwid $one -q --multipath
    else
        rc "$how: attach" 0 node_attach /run/one.json --wwid $one -q
    fi
    settle
    remove_target
    check "$how, target gone: the session notices" await 60 fails state_is running
    start=$(now_ms)
    rc "$how, target gone: status" 3 node_status $one
    within "$how, target gone: status" 60
    start=$(now_ms)
    CODE=0
    after_udev node_detach $one >/run/out 2>&1 || CODE=$?
    if [ "$how $CODE" = 'map 7' ]; then
        # Until multipathd gives up, the map keeps commands for a path that comes back.
        check_match "$how, target gone: why it is kept" "$(</run/out)" '*keeps commands*--force*'
        rc "$how, target gone: forced detach" 0 after_udev node_detach $one --force --confirm wwid:$one
    else
        check_eq "$how, target gone: detach" "$CODE" 0
    fi
    within "$how, target gone: detach" 120
    check_eq "$how, target gone: nothing is left" "$(state_snapshot)" "$before"
    start=$(now_ms)
    rc "$how, target gone: attach" 5 node_attach /run/two.json --wwid $one -q
    within "$how, target gone: attach" 90
    check_eq "$how, target gone: attach leaves nothing" "$(state_snapshot)" "$before"
    lab_target
done

# A portal is lost while a map is made: wherever it strikes, the map comes with the other path.
logged_in() { [ "$(cat /sys/class/iscsi_session/session*/state | grep -c -x LOGGED_IN)" = "$1" ]; }
start=$(now_ms)
(trap - ERR && node_attach /run/two.json --wwid $one -q --multipath) >/run/out 2>/run/err &
attach=$!
check 'lost in an attach: both sessions are there' await 60 logged_in 2
portal_down 2
CODE=0
wait $attach || CODE=$?
within 'lost in an attach' 120
check_match 'lost in an attach: whole or degraded' "$CODE" '[09]'
check_eq 'lost in an attach: the map comes out' "$(</run/out)" /dev/mapper/3$one
check 'lost in an attach: it reads' dd if=/dev/mapper/3$one of=/dev/null bs=4096 count=1 iflag=direct status=none
# udev's programs hang in the map until the lost path gives up.
check 'lost in an attach: detach' await 120 node_detach $one
check_eq 'lost in an attach: nothing is left' "$(state_snapshot)" "$before"
portal_up 2

# A path that stands by.
alua=$LAB_CORE/vol/alua/standby
mkdir "$alua"
echo 16 >"$alua/tg_pt_gp_id"
echo 3 >"$alua/alua_access_type"
echo standby >"$LAB_ISCSI/$iqn/tpgt_2/lun/lun_0/alua_tg_pt_gp"
echo 2 >"$alua/alua_access_state"
rc 'standby: attach a map' 0 node_attach /run/two.json --wwid $one -q --multipath
check 'standby: the map reads' dd if="$OUT" of=/dev/null bs=4096 count=1 iflag=direct status=none
check_match 'standby: multipathd knows' "$(multipathd show maps topology)" '*ready running*ghost running*'
rc 'standby: status is whole' 0 node_status $one
check_match 'standby: and tells which path stands by' "$OUT" '*stands by*'
rc 'standby: detach' 0 after_udev node_detach $one
check_eq 'standby: nothing is left' "$(state_snapshot)" "$before"
rc 'standby, no map: attach' 0 node_attach /run/two.json --wwid $one -q
check 'standby, no map: the device reads' dd if="$OUT" of=/dev/null bs=4096 count=1 iflag=direct status=none
rc 'standby, no map: detach' 0 after_udev node_detach $one
rc 'standby alone: no device that cannot be read comes out' 1 node_attach /run/other.json --wwid $one -q
check_match 'standby alone: it says so' "$ERR" '*cannot be read*'
check_eq 'standby alone: nothing is left' "$(state_snapshot)" "$before"
