# A map in trouble: flushed behind our back, queueing without paths, its LUN unmapped, its number given to another LUN
# shellcheck shell=bash
# deadline: 400
iqn=iqn.2020-01.com.example:lab.target
one=6a4c64f1001db63307a4e1700000001e
two=6a4c64f1001db63307a4e1700000002f
a=10.0.0.1:3260
b=10.0.1.1:3260
export SANCTL_STATE_DIR=/run/sanctl SANCTL_CONFIG=/run/config.toml
printf '[node]\nname = "lab"\n' >$SANCTL_CONFIG
lab_net 2
lio_backstore vol1 64M $one HUAWEI XSG1
lio_backstore vol2 32M $two HUAWEI XSG1
lio_target $iqn
lio_portal $iqn $a
lio_portal $iqn $b
lio_lun $iqn 0 vol1
lio_lun $iqn 1 vol2
lio_acl $iqn $LAB_INITIATOR
lio_map $iqn $LAB_INITIATOR 7 0
start_iscsid

info() { # NUMBER: a connection info over both portals
    printf '{"driver_volume_type":"iscsi","data":{"target_portals":["%s","%s"],"target_iqns":["%s","%s"],"target_luns":[%s,%s]}}' \
        $a $b $iqn $iqn "$1" "$1" >/run/info-"$1".json
}
info 7
half() { sanctl attach --node-only --connection-info /run/info-7.json --wwid $one "$@"; }
gone() { sanctl detach wwid:$one --node-only "$@"; }
looks() { sanctl status wwid:$one --node-only "$@"; }
mapped() { [ "$(multipathd show paths raw format '%w %t %o' | grep -c "^3$one active running")" = "$1" ]; }

printf 'defaults {\n  find_multipaths strict\n  polling_interval 2\n}\n' >/etc/multipath.conf
start_multipathd
before=$(state_snapshot)
head -c 1048576 /dev/urandom >/run/data
overrides() { # LINE: for every array
    printf 'defaults {\n  find_multipaths strict\n  polling_interval 2\n}\noverrides {\n  %s\n}\n' "$1" >/etc/multipath.conf
    multipathd reconfigure >/dev/null
    await 10 multipathd_answers
}

# The map goes behind our back.
rc 'attach' 0 half --multipath -q
udevadm settle --timeout=10
check 'somebody flushes it' multipath -f 3$one
rc 'status tells' 3 looks -o json
check_eq 'and names no bare disk' "$(jq -r '.items[0].device' <<<"$OUT")" null
rc 'attach mends it' 0 half --multipath -q
check_eq 'with the map' "$OUT" /dev/mapper/3$one
rc 'detach' 0 gone
check_eq 'nothing is left' "$(state_snapshot)" "$before"

# A map that queues, without a path. Nobody has it open: nothing waits in it.
overrides 'no_path_retry queue'
rc 'attach with queueing' 0 half --multipath -q
dd if=/run/data of=/dev/mapper/3$one bs=1M count=1 conv=fsync status=none
portal_down 1
portal_down 2
check 'no path is left' await 60 mapped 0
start=$(now_ms)
rc 'a queueing map without paths is not flushed' 7 gone
check 'and that is told at once' test $(($(now_ms) - start)) -lt 20000
check_match 'with the way to force it' "$ERR" '*keeps commands*--force*'
rc 'force asks' 2 gone --force --no-input
start=$(now_ms)
rc 'forced' 0 gone --force --confirm wwid:$one
note "forced detach without a path: $(($(now_ms) - start)) ms"
check_eq 'nothing is left' "$(state_snapshot)" "$before"
portal_up 1
portal_up 2
overrides ''

# Its LUN is unmapped behind our back. A map that would wait for a path has had its turn above.
overrides 'no_path_retry fail'
rc 'attach' 0 half --multipath -q
udevadm settle --timeout=10
lio_unmap $iqn $LAB_INITIATOR 7
rc 'unmapped: status tells' 3 looks
check 'unmapped: no path is left' await 60 mapped 0
start=$(now_ms)
rc 'unmapped: detach' 0 gone
note "detach of an unmapped LUN: $(($(now_ms) - start)) ms"
check_eq 'unmapped: nothing is left' "$(state_snapshot)" "$before"
overrides ''
lio_map $iqn $LAB_INITIATOR 7 0

# The number is given to another LUN while the old map is there: the wrong disk never comes out.
rc 'attach' 0 half --multipath -q
udevadm settle --timeout=10
lio_unmap $iqn $LAB_INITIATOR 7
lio_map $iqn $LAB_INITIATOR 7 1
rc 'reused: the new LUN is not handed over through the old map' 7 sanctl attach --node-only --connection-info /run/info-7.json --wwid $two --multipath
check_match 'both are named' "$ERR" "*$one*$two*"
rc 'reused: nor is the old one' 7 half --multipath
check_eq 'no device comes out' "$OUT" ''
rc 'reused: status' 3 looks -o json
check_eq 'names no device' "$(jq -r '.items[0].device' <<<"$OUT")" null
lio_unmap $iqn $LAB_INITIATOR 7
lio_map $iqn $LAB_INITIATOR 7 0
for disk in /sys/block/sd*; do echo 1 >"$disk/device/rescan"; done
check 'its own again' await 40 mapped 2
rc 'reused: detach' 0 gone
check_eq 'reused: nothing is left' "$(state_snapshot)" "$before"
