# Times the bare attach and detach, five times; no checks of speed here, only numbers
# shellcheck shell=bash
iqn=iqn.2020-01.com.example:lab.target
wwid=6a4c64f1001db63307a4e1700000001e
lab_net 1
lio_backstore vol 64M $wwid
lio_target $iqn
lio_portal $iqn 10.0.0.1
lio_lun $iqn 0 vol
lio_acl $iqn $LAB_INITIATOR
lio_map $iqn $LAB_INITIATOR 7 0
start_iscsid
before=$(state_snapshot)
for run in 1 2 3 4 5; do
    up=$(/lab/share/bench/bare-attach.sh attach $iqn 10.0.0.1:3260 7 $wwid)
    down=$(/lab/share/bench/bare-attach.sh detach $iqn 10.0.0.1:3260 7)
    note "run $run: attach ${up#* } ms, detach ${down#* } ms"
done
check_eq 'nothing is left' "$(state_snapshot)" "$before"
