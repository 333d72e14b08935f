# Files on a real NFS share, a local file under a loop device, an AoE device of a real shelf
# deadline: 310
export SANCTL_CONFIG=/root/config.toml
base=/var/lib/nova/mnt
cd /root || exit 1
cat >$SANCTL_CONFIG <<'TOML'
[node]
name = "lab"
TOML

# ---- a server of NFS on the loopback: the root of its tree is a file system in memory
modprobe -a nfsd nfs nfsv4 loop
mount -t tmpfs none /srv
mkdir -p /srv/vols /srv/others /var/lib/nfs/v4recovery
truncate -s 8M /srv/vols/volume-1 /srv/vols/volume-2
mkdir /srv/vols/folder
echo '/srv *(rw,fsid=0,no_subtree_check,no_root_squash,insecure)' >/etc/exports
mount -t nfsd nfsd /proc/fs/nfsd 2>/dev/null || :
write_attr /proc/fs/nfsd/nfsv4leasetime 10 || :
write_attr /proc/fs/nfsd/nfsv4gracetime 10 || :
check 'exports' exportfs -a
check 'mountd' rpc.mountd --no-nfs-version 2 --no-nfs-version 3
check 'nfsd' rpc.nfsd --no-nfs-version 3 --nfs-version 4 --no-udp 2
write_attr /proc/fs/nfsd/v4_end_grace Y || :

info() { # info NAME OPTIONS: a connection info of a file on the share
    printf '{"driver_volume_type":"nfs","data":{"export":"127.0.0.1:/vols","name":"%s","options":%s}}' "$1" "$2" >"/root/$1.json"
}
info volume-1 null
info volume-2 null
info volume-9 null
info folder null
sum=$(printf 127.0.0.1:/vols | md5sum)
point=$base/${sum%% *}
source_of() { findmnt -rn -o SOURCE,FSTYPE -M "$1" || :; }

check_rc 'attach' 0 sanctl attach --node-only --connection-info volume-1.json -q
check_match 'the file is handed over at os-brick'\''s place' "$OUT" "*$point/volume-1"
check_eq 'the share is mounted' "$(source_of "$point")" '127.0.0.1:/vols nfs4'
check_match 'with the newest version' "$(findmnt -rn -o OPTIONS -M "$point")" '*vers=4.2*'
check 'the file is the one of the server' cmp -n 4096 "$point/volume-1" /srv/vols/volume-1
check_rc 'attach again' 0 sanctl attach --connection-info volume-1.json
check_match 'changes nothing' "$OUT" '*nothing was changed*'
check_rc 'status' 0 sanctl status --connection-info volume-1.json
check_match 'says attached' "$OUT" '*attached*'
check_rc 'the second file' 0 sanctl attach --connection-info volume-2.json -q

# ---- in use
losetup /dev/loop7 "$point/volume-1"
check_rc 'a file under a loop device stays' 7 sanctl detach --connection-info volume-1.json
check_match 'and the device is named' "$OUT" '*read by loop7*'
losetup -d /dev/loop7
exec 8<"$point/volume-1"
check_rc 'an open file stays' 7 sanctl detach "$point/volume-1"
check_match 'and the program is named' "$OUT" '*opened by *'
exec 8<&-
mkdir -p /etc/libvirt/qemu
echo "<domain type='kvm'><name>web</name><devices><disk type='file'><source file='$point/volume-1'/><target dev='vdb'/></disk></devices></domain>" \
    >/etc/libvirt/qemu/web.xml
check_rc 'a file of a domain that does not run stays' 7 sanctl detach --connection-info volume-1.json
check_match 'and the domain is named' "$OUT" '*domain web as vdb*'
rm /etc/libvirt/qemu/web.xml

# ---- the way back
check_rc 'detach' 0 sanctl detach --connection-info volume-1.json
check_eq 'the share stays for the other file' "$(source_of "$point")" '127.0.0.1:/vols nfs4'
check_rc 'detach of the other, by its path' 0 sanctl detach "$point/volume-2"
check_eq 'unmounts it' "$(source_of "$point")" ''
check_rc 'status then' 0 sanctl status --connection-info volume-2.json
check_eq 'no journal is open' "$(ls /var/lib/sanctl/attachments/*.jsonl 2>/dev/null || :)" ''

# ---- what was mounted before stays, and who stands in it keeps what is ours
mkdir -p "$point"
mount -t nfs -o vers=4.1 127.0.0.1:/vols "$point"
check_rc 'attach on a mount of somebody else' 0 sanctl attach --connection-info volume-1.json -q
check_rc 'detach from it' 0 sanctl detach --connection-info volume-1.json
check_eq 'leaves it mounted' "$(source_of "$point")" '127.0.0.1:/vols nfs4'
umount "$point"
check_rc 'attach of our own' 0 sanctl attach --connection-info volume-1.json -q
cd "$point" || exit 1
check_rc 'detach while a shell stands in it' 0 sanctl detach --connection-info /root/volume-1.json
check_match 'tells who keeps the mount' "$OUT" '*in use by opened by*'
cd /root || exit 1
check_eq 'it is still there' "$(source_of "$point")" '127.0.0.1:/vols nfs4'
check_rc 'the next attach' 0 sanctl attach --connection-info volume-1.json -q
check_rc 'and detach' 0 sanctl detach --connection-info volume-1.json
check_eq 'takes it along' "$(source_of "$point")" ''

# ---- what is wrong is said, and nothing left
check_rc 'a file that is not there' 10 sanctl attach --connection-info volume-9.json
check_eq 'the mount is taken back' "$(source_of "$point")" ''
check_rc 'a folder' 7 sanctl attach --connection-info folder.json
mount -t tmpfs other "$point"
check_rc 'something else at its place' 7 sanctl attach --connection-info volume-1.json
check_match 'is named' "$OUT" '*other (tmpfs)*'
umount "$point"
printf '{"driver_volume_type":"nfs","data":{"export":"127.0.0.1:/vols","name":"volume-1","options":"-o vers=3,nolock,retry=0"}}' >/root/old.json
check_rc 'a version that the server does not have' 5 sanctl attach --connection-info old.json
check_eq 'leaves nothing' "$(source_of "$point")" ''

# ---- killed at any moment, the next run ends it
for ms in 20 60 100 150 220 300; do
    sanctl attach --connection-info volume-1.json -q >/dev/null 2>&1 &
    pid=$!
    end=$(($(now_ms) + ms))
    while [ "$(now_ms)" -lt $end ] && kill -0 $pid 2>/dev/null; do :; done
    kill -KILL $pid 2>/dev/null || :
    wait $pid 2>/dev/null || :
    # A mount that was begun ends by itself.
    await 60 fails pgrep -x mount.nfs || :
    rc=0
    sanctl attach --connection-info volume-1.json -q >/dev/null || rc=$?
    [ $rc != 0 ] || sanctl detach --connection-info volume-1.json >/dev/null || rc=$?
    check_eq "killed after $ms ms: attach and detach of the next run" "$rc $(source_of "$point")" '0 '
done

# ---- a path of the node
truncate -s 4M '/root/a volume'
printf '{"driver_volume_type":"local","data":{"device_path":"/root/a volume"}}' >/root/local.json
check_rc 'a local path' 0 sanctl attach --connection-info local.json -q
check_match 'is handed over' "$OUT" '*/root/a volume'
losetup /dev/loop7 '/root/a volume'
check_rc 'not while a loop device reads it' 7 sanctl detach --connection-info local.json
losetup -d /dev/loop7
check_rc 'and back' 0 sanctl detach --connection-info local.json
check 'the file stays' test -f '/root/a volume'

# ---- AoE: a shelf at the other end of a cable of its own
printf '{"driver_volume_type":"aoe","data":{"target_shelf":1,"target_lun":2}}' >/root/aoe.json
ip link add aoe0 type veth peer name aoe1
ip link set aoe0 up
ip link set aoe1 up
modprobe aoe aoe_iflist=aoe0
check_rc 'nobody answers yet' 1 sanctl attach --connection-info aoe.json
check_match 'and that is said' "$OUT" '*no AoE device e1.2 answers*'
truncate -s 4M /root/shelf
head -c 4096 /dev/urandom | dd of=/root/shelf conv=notrunc status=none
vblade 1 2 aoe1 /root/shelf >/dev/null 2>&1 &
check 'the shelf' await 60 pgrep -x vblade
check_rc 'an AoE device' 0 sanctl attach --connection-info aoe.json -q
check_match 'is handed over' "$OUT" '*/dev/etherd/e1.2'
check 'it has what the shelf has' cmp -n 4096 /dev/etherd/e1.2 /root/shelf
check_rc 'its status' 0 sanctl status --connection-info aoe.json
check_eq 'its size' "$(sanctl status --connection-info aoe.json -o json | jq '.items[0].size_bytes')" 4194304
exec 8</dev/etherd/e1.2
check_rc 'not while a program has it open' 7 sanctl detach /dev/etherd/e1.2
check_match 'which is named' "$OUT" '*opened by *'
exec 8<&-
check_rc 'and back, by its path' 0 sanctl detach /dev/etherd/e1.2
check_rc 'its status then' 0 sanctl status --connection-info aoe.json
check_match 'is absent' "$OUT" '*absent*'
pkill -x vblade
rpc.nfsd 0
