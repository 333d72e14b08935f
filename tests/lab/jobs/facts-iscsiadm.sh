# What sanctl assumes about iscsiadm: exit codes, record files, timeouts, CHAP, dead portals
# shellcheck shell=bash
closed=iqn.2020-01.com.example:lab.chap
c=10.0.0.1:3261
nodes=/etc/iscsi/nodes

lab_net 2
lio_backstore vol 64M 60014050000000000000000000000042
for target in $iqn $closed; do
    lio_target $target
    lio_lun $target 0 vol
    lio_acl $target $LAB_INITIATOR
    lio_map $target $LAB_INITIATOR 0 0
done
lio_portal $iqn $a
lio_portal $iqn $b
lio_portal $closed $c
lio_chap $closed $LAB_INITIATOR user secretsecret

echo "InitiatorName=$LAB_INITIATOR" >/etc/iscsi/initiatorname.iscsi
node_record $iqn $a >/dev/null
check_rc 'login without a daemon: 20' 20 login $iqn $a
forget $iqn $a
start_iscsid
before=$(state_snapshot)

check_rc 'list of no sessions: 21' 21 iscsiadm -m session
check_rc 'list of no records: 21' 21 iscsiadm -m node
check_rc 'delete of an unknown record: 21' 21 forget $iqn $a
check_rc 'login with an unknown record: 21' 21 login $iqn $a
check_rc 'logout without a session: 21' 21 logout $iqn $a

check_rc 'a record without a group tag' 0 iscsiadm -m node -T $iqn -p $a -o new
check 'is one plain file' test -f "$nodes/$iqn/${a/:/,}"
forget $iqn $a
check_rc 'a record with one' 0 iscsiadm -m node -T $iqn -p "$a,1" -o new
check 'is a file per interface in a folder' test -f "$nodes/$iqn/${a/:/,},1/default"
iscsiadm -m node -T $iqn -p $a -o update -n node.session.timeo.replacement_timeout -v 17
check_rc 'login' 0 login $iqn $a
check_eq 'the timeout of the record is in sysfs' "$(</sys/class/iscsi_session/session1/recovery_tmo)" 17
check_rc 'login with a session there: 15' 15 login $iqn $a
check_rc 'delete of a record in use: 15' 15 forget $iqn $a
check_rc 'logout' 0 logout $iqn $a
check_rc 'delete' 0 forget $iqn $a
check 'the last record takes its folder along' fails test -e "$nodes/$iqn"

# A second target on the same address, which wants CHAP.
node_record $closed $c >/dev/null
check_rc 'login without CHAP where it is wanted: 24' 24 login $closed $c
set_auth() { iscsiadm -m node -T $closed -p $c -o update -n "node.session.auth.$1" -v "$2"; }
set_auth authmethod CHAP
set_auth username user
set_auth password wrongwrongwrong
check_rc 'login with a wrong password: 24' 24 login $closed $c
set_auth password secretsecret
check_rc 'login with the right one' 0 login $closed $c
check_rc 'its logout' 0 logout $closed $c
forget $closed $c

node_record $iqn $b >/dev/null
for setting in session.initial_login_retry_max:1 conn[0].timeo.login_timeout:5; do
    iscsiadm -m node -T $iqn -p $b -o update -n "node.${setting%:*}" -v "${setting#*:}"
done
portal_down 2
start=$(now_ms)
check_rc 'login to a dead portal: 8' 8 login $iqn $b
note "took $(($(now_ms) - start)) ms with one try of 5 s"
portal_up 2
check 'login once the portal is back' await 60 login $iqn $b
logout $iqn $b >/dev/null
forget $iqn $b
check_eq 'nothing is left' "$(state_snapshot)" "$before"
