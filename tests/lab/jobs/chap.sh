# CHAP with a real target: the secret goes into array and records and nowhere else; a wrong one is exit 6
# shellcheck shell=bash
practice_array 2 --state /run/array.json --lun vol-1=64M --lun vol-2=64M
start_iscsid
before=$(state_snapshot)
secret='secret#of=lab 1'
printf 'chap = { user = "node", password = { file = "/etc/sanctl/chap" } }\n' >>/etc/sanctl/config.toml
use_secret() { (umask 077 && printf '%s\n' "$1" >/etc/sanctl/chap); }
records() { find /etc/iscsi/nodes -type f 2>/dev/null | sort; }
users() { cat /sys/class/iscsi_session/session*/username | sort -u; }
detached() {
    settle
    check "detach $1" sanctl detach "$1" --yes
    check_eq 'nothing is left on the node' "$(state_snapshot)" "$before"
}

use_secret "$secret"
check 'attach with the right secret' sanctl attach vol-1 --yes --trace /run/trace -o json
check_eq 'the sessions used it' "$(users)" node
check_eq 'LIO wants it' "$(cat /sys/kernel/config/target/iscsi/iqn.2006-08*/tpgt_*/acls/"$LAB_INITIATOR"/attrib/authentication | sort -u)" 1
check_eq 'no word of it in output, trace and journal' \
    "$(grep -rlF "$secret" /run/trace /var/lib/sanctl <(echo "$OUT") || :)" ''
check_eq 'two records and no file beside them' "$(records | wc -l)" 2
check_eq 'only their owner reads them' "$(records | xargs stat -c %a | sort -u)" 600
check 'the lock is let go' test ! -e /run/lock/iscsi/lock.write
check_eq 'nothing stays in the database' "$(find /etc/iscsi -name '.sanctl*')" ''
check_match 'iscsiadm reads it back' "$(iscsiadm -m node -S -o show)" "*node.session.auth.password = $secret*"
check 'another LUN on the same sessions' sanctl attach vol-2 --yes
settle
check 'detach one' sanctl detach vol-2 --yes
detached vol-1

check 'an administrator gives the initiator another secret' array_rest POST /iscsi_initiator \
    "{\"ID\": \"$LAB_INITIATOR\", \"USECHAP\": \"true\", \"CHAPNAME\": \"node\", \"CHAPPASSWORD\": \"another-secret\"}"
check_rc 'the wrong secret' 6 sanctl attach vol-1 --yes
check_match 'says what to check' "$OUT" '*secret of CHAP user node*'
check_eq 'and is taken back' "$(state_snapshot)" "$before"
use_secret another-secret
check 'the right one' sanctl attach vol-1 --yes
check_eq 'the sessions used it' "$(users)" node
detached vol-1

info=$(sanctl attach vol-1 --yes --array-only --emit connection-info --secrets-to /run/info.json 2>/run/err)
check_eq 'the array half alone: masked on stdout' "$(jq -r .data.auth_password <<<"$info")" '********'
check_eq 'not so in the file, which is private' "$(stat -c %a /run/info.json) $(jq -r .data.auth_password /run/info.json)" '600 another-secret'
check 'the node half from the file' sanctl attach --yes --connection-info /run/info.json
check_eq 'the sessions used it' "$(users)" node
detached vol-1
