# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_sanctl_global_optspecs
    string join \n a/array= config= root= o/output= json timeout= v/verbose q/quiet columns= sort= limit= no-headers progress= color= ascii trace= h/help V/version
end

function __fish_sanctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_sanctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_sanctl_using_subcommand
    set -l cmd (__fish_sanctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c sanctl -n "__fish_sanctl_needs_command" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_needs_command" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_needs_command" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_needs_command" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_needs_command" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_needs_command" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_needs_command" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_needs_command" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_needs_command" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_needs_command" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_needs_command" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_needs_command" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_needs_command" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_needs_command" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_needs_command" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_needs_command" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_needs_command" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_needs_command" -s V -l version -d 'Print version'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "attach" -d 'Make a LUN visible and usable on this node; prints the device'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "detach" -d 'Take a LUN away from this node and from its mapping, safely'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "status" -d 'Show every step of an attachment with its evidence; reads only'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "adopt" -d 'Keep a journal for an attachment that Nova or somebody else made'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "discover" -d 'This node and the array side by side, or the targets of a portal'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "array" -d 'The arrays of the configuration'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "host" -d 'The array\'s hosts'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "initiator" -d 'The initiators that the array knows'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "hostgroup" -d 'The array\'s host groups'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "lungroup" -d 'The array\'s LUN groups'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "portgroup" -d 'The array\'s port groups'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "mapping" -d 'Mappings: which hosts see which LUNs through which ports'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "lun" -d 'The array\'s LUNs'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "port" -d 'The array\'s front-end ports'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "session" -d 'The iSCSI sessions of this node, and its records of targets'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "hba" -d 'The adapters of this node, and what they have logged in to'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "device" -d 'The SCSI devices of this node'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "connector" -d 'What this node tells an array about itself'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "connection" -d 'What an array tells a node: where to log in'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "config" -d 'The configuration'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "journal" -d 'What was done, and what is still owned'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "collect" -d 'Capture this machine in a folder, for a look at it elsewhere'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "explain" -d 'Explain a code, a step, a state or a word'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "schema" -d 'Print the JSON Schema of an output'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "completions" -d 'Print the completions of a shell'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "trace" -d 'What --trace wrote, read again'
complete -c sanctl -n "__fish_sanctl_needs_command" -f -a "sim" -d 'The practice array'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l print -d 'With --dry-run: only lines to type, as sanctl verbs or as they go over the wire [verbs|wire]' -r -f -a "verbs\t'sanctl\'s own verbs, one step each'
wire\t'What goes over the wire: curl, iscsiadm, echo'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l protocol -d 'The protocol [iscsi|fc]' -r -f -a "iscsi\t'iSCSI'
fc\t'Fibre Channel'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l multipath -d 'Hand over a multipath map of all paths, and nothing else; default: node.multipath [yes|no]' -r -f -a "yes\t'Yes'
no\t'No'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l mode -d 'Whether the device can be written; with ro this node\'s kernel refuses it until the detach [rw|ro]' -r -f -a "rw\t'Read and write'
ro\t'Only read'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l hostgroup -d 'The host group to map to, in place of the node\'s own, whoever else is in it; on ONTAP only' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l paths -d 'How many paths to want, and below how many to fail' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l lun-number -d 'The number that this node sees the LUN under; the array chooses without' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l jobs -d 'How many LUNs to work on at once; changes to one host still go one by one' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l on-failure -d 'What becomes of this run\'s work if it fails [undo|keep]' -r -f -a "undo\t'Take back what this run made'
keep\t'Leave it; a later attach goes on'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l connector -d 'With --array-only: another node\'s connector (- reads stdin)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l host -d 'With --array-only: the node whose host on the array this is' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l connection-info -d 'The node\'s half from this connection_info; no array is needed (- reads stdin)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l wwid -d 'With --connection-info: the identity that every path must prove' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l until -d 'Stop after this step: a key, the beginning of one, or its row in --dry-run' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l step -d 'Only this step; what it stands on must be present' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l emit -d 'Print this in place of the device [connection-info]' -r -f -a "connection-info\t'os-brick\'s dictionary, with the wwid; a CHAP secret is masked'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l secrets-to -d 'With --emit: the same with the CHAP secret, into a file that only its owner can read' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l exit-code -d 'With --dry-run: exit 3 when there is something to do'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l shared -d 'The LUN may be mapped to other hosts as well'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l persist -d 'The node logs in again at boot; undone by detach'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l array-only -d 'Only the array\'s half: make the LUN visible, log in nowhere'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l node-only -d 'Only the node\'s half: the array has been prepared already'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand attach" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l connection-info -d 'What this connection_info describes, if it is of no SAN: a file, a share, an AoE device' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l by -d 'The node\'s half by identity, when array or journal is gone: wwid:… or dev:…' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l print -d 'With --dry-run: only lines to type, as sanctl verbs or as they go over the wire [verbs|wire]' -r -f -a "verbs\t'sanctl\'s own verbs, one step each'
wire\t'What goes over the wire: curl, iscsiadm, echo'"
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l connector -d 'With --array-only: another node\'s connector (- reads stdin)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l host -d 'With --array-only: the node whose host on the array this is' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l protocol -d 'The protocol; without, that of the attach [iscsi|fc]' -r -f -a "iscsi\t'iSCSI'
fc\t'Fibre Channel'"
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l receipt -d 'With --node-only: write what was proven; with --array-only: take it as the proof' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l exit-code -d 'With --dry-run: exit 3 when there is something to do'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l array-only -d 'Only the array\'s half; needs a proof that the node is clean, or a yes'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l node-only -d 'Only the node\'s half; no array is needed'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l force -d 'Give up data that a device refuses to write; asks for the LUN\'s name'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l include-adopted -d 'Remove a mapping that somebody else made as well'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l keep-adopted -d 'Leave a mapping that somebody else made, and call that success'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand detach" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l connection-info -d 'What this connection_info describes, if it is of no SAN: a file, a share, an AoE device' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l wait -d 'Look again until it is so [present|absent|clean]' -r -f -a "present\t'Whole: every step is there'
absent\t'Nothing of it is there'
clean\t'Nothing of it is there, and no journal is open'"
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l connector -d 'With --array-only: another node\'s connector (- reads stdin)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l host -d 'With --array-only: the node whose host on the array this is' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l protocol -d 'The protocol; without, that of the attach [iscsi|fc]' -r -f -a "iscsi\t'iSCSI'
fc\t'Fibre Channel'"
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l all -d 'All with an open journal, and all that the array shows to this node'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l watch -d 'Look again and again, and show what has changed'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l node-only -d 'Only what this node shows; no array is asked'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l array-only -d 'Only what the array shows'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand status" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -l protocol -d 'The protocol it is attached over; by default the node\'s, if it has only one [iscsi|fc]' -r -f -a "iscsi\t'iSCSI'
fc\t'Fibre Channel'"
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -l paths -d 'How many paths make it whole; by default every one that the array names' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -l own -d 'Its mapping becomes ours, and its groups if nothing else uses them'
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand adopt" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -l portal -d 'Ask this portal for its targets; writes nothing' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -l save -d 'With --portal: make a record for each target that has none'
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand discover" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -f -a "list" -d 'List the arrays of the configuration; sends nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -f -a "show" -d 'Show who an array is'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -f -a "test" -d 'Reach an array, show its certificate, log in, look around'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and not __fish_seen_subcommand_from list show test call" -f -a "call" -d 'Send one request as typed: no checks, no undo'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l privileges -d 'Also ask for one object of each kind, and tell which the account may not read'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l zapi -d 'A call of ONTAP\'s older interface; one that reads needs no consent' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -s F -l field -d 'An element of that call, as path=/vol/a/b or query/lun-info/path=…; repeats' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l data -d 'A file with the JSON body, - for standard input: nothing secret on a command line' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l cluster -d 'Ask the cluster, not the SVM that the configuration names'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand array; and __fish_seen_subcommand_from call" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -f -a "list" -d 'List hosts'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -f -a "show" -d 'Show one host'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -f -a "luns" -d 'List the LUNs that a host sees, with their numbers'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -f -a "paths" -d 'List the paths from a host\'s initiators to the array\'s ports'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -f -a "create" -d 'Make a host that has nothing yet'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -f -a "set" -d 'Set how a host is given its paths (V6 arrays)'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and not __fish_seen_subcommand_from list show luns paths create set delete" -f -a "delete" -d 'Delete a host that has no initiator, no group and no mapping'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l name -d 'Only names that match this pattern (* and ?)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l unused -d 'Only hosts without an initiator and in no host group'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from luns" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from paths" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l os -d 'The array\'s number of the operating system: 0 Linux, 1 Windows, 7 VMware' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l description -d 'Free text; the name if nothing is given' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l access-mode -d 'All paths alike, or those of the owning controller first [balanced|asymmetric]' -r -f -a "balanced\t'All paths alike'
asymmetric\t'Paths of the owning controller first'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand host; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -f -a "list" -d 'List initiators'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -f -a "show" -d 'Show one initiator'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -f -a "luns" -d 'List the LUNs that an initiator sees, with their numbers'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -f -a "create" -d 'Make an initiator known to the array, free or bound to a host'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -f -a "bind" -d 'Bind a free initiator to a host, or move one there'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -f -a "unbind" -d 'Free an initiator from its host, and from what it sees there'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -f -a "delete" -d 'Make the array forget a free initiator'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -f -a "set" -d 'Set how the array treats an initiator\'s paths'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -f -a "show-chap" -d 'Show whether an initiator has to prove itself by CHAP, and as whom'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -f -a "set-chap" -d 'Make an initiator prove itself by CHAP at its next login'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and not __fish_seen_subcommand_from list show luns create bind unbind delete set show-chap set-chap clear-chap" -f -a "clear-chap" -d 'Switch CHAP of an initiator off, and nothing else'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l protocol -d 'Only this protocol [iscsi|fc]' -r -f -a "iscsi\t'iSCSI'
fc\t'Fibre Channel'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l host -d 'Only those of this host' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l free -d 'Only those bound to no host'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l online -d 'Only those logged in now'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l offline -d 'Only those not logged in now'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from luns" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l host -d 'Bind it to this host; without, it is free' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l host -d 'The host to bind it to' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l move-from -d 'Take it away from this host, to which it is bound now' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from bind" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l host -d 'The host to which it is bound' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from unbind" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l multipath-type -d '0 the array maker\'s multipath, 1 that of others, such as dm-multipath' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l failover-mode -d '0 early ALUA, 1 common ALUA, 2 no ALUA, 3 special; with multipath type 1' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l special-mode -d '0 to 3; with failover mode 3' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l path-type -d '0 preferred path, 1 not; with multipath type 1' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from show-chap" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l user -d 'Who it has to say it is' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l secret-file -d 'The secret: first line of a file that only its owner can read' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l mutual-user -d 'Mutual CHAP, where the array takes it: who the array has to say it is' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l mutual-secret-file -d 'Its secret, another one: first line of a file that only its owner can read' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l secret-prompt -d 'Ask for the secret on the terminal'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l mutual-secret-prompt -d 'Ask for its secret on the terminal'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from set-chap" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand initiator; and __fish_seen_subcommand_from clear-chap" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -f -a "list" -d 'List groups'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -f -a "show" -d 'Show one group, its members and the mappings that hold it'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -f -a "create" -d 'Make a group'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -f -a "delete" -d 'Delete a group that is empty and in no mapping'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -f -a "add-host" -d 'Put a host into a host group: it sees what the group sees'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -f -a "remove-host" -d 'Take a host out of a host group, after showing what it loses'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -f -a "add-initiator" -d 'Put an initiator into a host group, where groups hold initiators'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and not __fish_seen_subcommand_from list show create delete add-host remove-host add-initiator remove-initiator" -f -a "remove-initiator" -d 'Take an initiator out of a host group, where groups hold initiators'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l name -d 'Only names that match this pattern (* and ?)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l host -d 'Only groups with this host' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l initiator -d 'Only groups with the host of this initiator' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l empty -d 'Only groups with nothing in them'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l protocol -d 'What it holds, where groups hold initiators; without it what its initiators are [iscsi|fc|mixed]' -r -f -a "iscsi\t'iSCSI'
fc\t'Fibre Channel'
mixed\t'Both'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l os -d 'The operating system of its hosts, where groups have one [default: linux]' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l initiator -d 'An IQN or WWPN that goes into it; may be repeated' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-host" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-host" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from add-initiator" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hostgroup; and __fish_seen_subcommand_from remove-initiator" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -f -a "list" -d 'List groups'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -f -a "show" -d 'Show one group, its members and the mappings that hold it'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -f -a "create" -d 'Make a group'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -f -a "delete" -d 'Delete a group that is empty and in no mapping'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -f -a "add-lun" -d 'Put a LUN into a LUN group: the hosts of its mappings see it'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and not __fish_seen_subcommand_from list show create delete add-lun remove-lun" -f -a "remove-lun" -d 'Take a LUN out of a LUN group, after showing who loses it'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l name -d 'Only names that match this pattern (* and ?)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l lun -d 'Only groups with this LUN' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l empty -d 'Only groups with nothing in them'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l lun-number -d 'The number that the hosts shall see it by; without it the array chooses' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from add-lun" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lungroup; and __fish_seen_subcommand_from remove-lun" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -f -a "list" -d 'List groups'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -f -a "show" -d 'Show one group, its members and the mappings that hold it'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -f -a "create" -d 'Make a group'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -f -a "delete" -d 'Delete a group that is empty and in no mapping'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -f -a "add-port" -d 'Put a port into a port group'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and not __fish_seen_subcommand_from list show create delete add-port remove-port" -f -a "remove-port" -d 'Take a port out of a port group'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l name -d 'Only names that match this pattern (* and ?)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from add-port" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand portgroup; and __fish_seen_subcommand_from remove-port" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -f -a "list" -d 'List mappings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -f -a "show" -d 'Show one mapping'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -f -a "tree" -d 'Show who sees what, as a tree'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -f -a "create" -d 'Make an empty mapping, or map one LUN to one host group'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -f -a "delete" -d 'Delete a mapping that holds no group, or the one of a LUN and a host group'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -f -a "add-group" -d 'Put a group into a mapping: it holds one of each sort'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -f -a "remove-group" -d 'Take a group out of a mapping, after showing who loses what'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -f -a "set-number" -d 'Give a LUN of a mapping another number; hosts that use it lose it'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and not __fish_seen_subcommand_from list show tree create delete add-group remove-group set-number free-numbers" -f -a "free-numbers" -d 'List the numbers that LUNs could still get'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l host -d 'Only mappings of this host' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l hostgroup -d 'Only mappings with this host group' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l lungroup -d 'Only mappings with this LUN group' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l lun -d 'Only mappings of this LUN' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l initiator -d 'Only mappings with this initiator' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l host -d 'Only mappings of this host' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l lun -d 'Only mappings of this LUN' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from tree" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l lun -d 'Instead of a name, where a mapping is one LUN and one host group: the LUN' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l hostgroup -d 'The host group that shall see it' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l lun-number -d 'The number that it shall see it by; without it the array chooses' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l hostgroup -d 'A host group' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l lungroup -d 'A LUN group' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l portgroup -d 'A port group' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from add-group" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l hostgroup -d 'A host group' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l lungroup -d 'A LUN group' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l portgroup -d 'A port group' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from remove-group" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from set-number" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -l host -d 'Instead of a mapping: every mapping of this host' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand mapping; and __fish_seen_subcommand_from free-numbers" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -f -a "list" -d 'List LUNs'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -f -a "show" -d 'Show one LUN'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -f -a "mappings" -d 'Show every host that sees a LUN, and through what'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -f -a "map" -d 'Make a LUN visible to a host, or to the hosts of a group'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -f -a "unmap" -d 'Take a LUN from a host, from the hosts of a group, or from everybody'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -f -a "create" -d 'Make a thin LUN'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -f -a "resize" -d 'Make a LUN larger; never smaller'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -f -a "delete" -d 'Delete a LUN that is not mapped, and its data'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -f -a "online" -d 'Have the array answer for a LUN again, where it has such a state'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and not __fish_seen_subcommand_from list show mappings map unmap create resize delete online offline" -f -a "offline" -d 'Have the array refuse a LUN to everybody, where it has such a state'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l pool -d 'Only LUNs of this pool' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l name -d 'Only names that match this pattern (* and ?)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l host -d 'Only LUNs that this host sees' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l mapped -d 'Only LUNs that some initiator can see'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l unmapped -d 'Only LUNs that no initiator can see'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from mappings" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l host -d 'The host that shall see it' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l hostgroup -d 'The host group whose hosts shall see it' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l lun-number -d 'The number that they shall see it by; without it the array chooses' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l direct -d 'By a mapping of this LUN and this host alone (Dorado V6 and later)'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from map" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l host -d 'From this host' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l hostgroup -d 'From the hosts of this host group' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l all-hosts -d 'From every host, and out of every LUN group'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from unmap" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l size -d 'Its size: a number and a unit, as 10GiB or 500GB' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l pool -d 'The storage pool it lives in' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l size -d 'Its new size: a number and a unit, as 20GiB' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from resize" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from online" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand lun; and __fish_seen_subcommand_from offline" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -f -a "list" -d 'List front-end ports, and why one cannot be used'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and not __fish_seen_subcommand_from list show" -f -a "show" -d 'Show one port'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l protocol -d 'Only this protocol [iscsi|fc]' -r -f -a "iscsi\t'iSCSI'
fc\t'Fibre Channel'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l for -d 'Tell which of them lead to this LUN' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l host -d 'With --for: from the node of this host; without, from this node' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l usable -d 'Only ports that can be used now'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l probe -d 'Knock at every portal from this node; logs in nowhere'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand port; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -f -a "list" -d 'List sessions, or what should have one and has none'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -f -a "show" -d 'Show one session, its devices and its record'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -f -a "login" -d 'Log in to a target at a portal; brings in no LUN'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -f -a "logout" -d 'Log out of one session that carries no device'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -f -a "relogin" -d 'Log out of one session that carries no device, and in again'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -f -a "list-records" -d 'List the records of targets: how this node logs in'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -f -a "add-record" -d 'Add a record with a manual scan and a manual start'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -f -a "set-record" -d 'Change values of a record, or its CHAP credentials'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and not __fish_seen_subcommand_from list show login logout relogin list-records add-record set-record delete-record" -f -a "delete-record" -d 'Delete a record that no session uses'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -l missing -d 'List records and attachments without a session instead'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -s T -l target -d 'The target\'s name' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -s p -l portal -d 'Where it listens: ADDRESS, ADDRESS:PORT or ADDRESS:PORT,TAG' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from logout" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from relogin" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from list-records" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -s T -l target -d 'The target\'s name' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -s p -l portal -d 'Where it listens: ADDRESS, ADDRESS:PORT or ADDRESS:PORT,TAG' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from add-record" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -s T -l target -d 'The target\'s name' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -s p -l portal -d 'Where it listens: ADDRESS, ADDRESS:PORT or ADDRESS:PORT,TAG' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l chap-secret-file -d 'The file with the CHAP secret, which only its owner can read' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l chap-user -d 'The user that this node logs in as; by default the one in the record' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l mutual-user -d 'The user that the target must prove to be' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l mutual-secret-file -d 'The file with the target\'s secret' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l no-chap -d 'Take all CHAP credentials out'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from set-record" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -s T -l target -d 'The target\'s name' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -s p -l portal -d 'Where it listens: ADDRESS, ADDRESS:PORT or ADDRESS:PORT,TAG' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand session; and __fish_seen_subcommand_from delete-record" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -f -a "list" -d 'List adapters: Fibre Channel ports, and what carries iSCSI sessions'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -f -a "show" -d 'Show one adapter'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and not __fish_seen_subcommand_from list show targets" -f -a "targets" -d 'List the targets that adapters have logged in to, and their LUNs'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -l protocol -d 'Only this protocol [iscsi|fc]' -r -f -a "iscsi\t'iSCSI'
fc\t'Fibre Channel'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand hba; and __fish_seen_subcommand_from targets" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -f -a "list" -d 'List devices, one row per path; sends no SCSI command'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -f -a "show" -d 'Show one device'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -f -a "tree" -d 'Show what is built on devices, and who uses it'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -f -a "check" -d 'Compare identity and state of devices, and read one block; changes nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -f -a "wait" -d 'Wait until the paths of a LUN have come or gone'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -f -a "scan" -d 'Look for one LUN number through one session or one port'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -f -a "rescan" -d 'Have the kernel read identity and size of devices again'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -f -a "add-path" -d 'Give a device to multipathd as a path of its LUN\'s map'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -f -a "grow" -d 'Have every path of a LUN, and its map, take the LUN\'s new size'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -f -a "flush" -d 'Write what a multipath map holds back, and remove it'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -f -a "remove" -d 'Flush and remove devices that nobody uses'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and not __fish_seen_subcommand_from list show tree check wait scan rescan add-path grow flush remove set-state" -f -a "set-state" -d 'Stop a device that nobody uses, or start one again'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l wwid -d 'Only paths of this LUN' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l lun -d 'Only this LUN number' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l stale -d 'Only devices that cannot be used, or whose session is down'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l unheld -d 'Only devices on which nothing is built and nothing mounted'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from tree" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -l wwid -d 'The LUN' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -l paths -d 'Until so many paths can be used' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -l gone -d 'Until no path is left'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from wait" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l session -d 'Through this session' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -s T -l target -d 'Through the session to this target' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -s p -l portal -d 'At this portal: ADDRESS or ADDRESS:PORT' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l hba -d 'Through this Fibre Channel port of the node: hostN or its WWPN' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l rport -d 'To this port of the array: its WWPN, or rport-H:B-N' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l lun -d 'The LUN number' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l all-luns -d 'Every LUN that the target shows, whatever it is used for'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from scan" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from rescan" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from add-path" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from grow" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from flush" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand device; and __fish_seen_subcommand_from set-state" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -f -a "show" -d 'Show what this node tells an array about itself, as os-brick\'s dictionary'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and not __fish_seen_subcommand_from show check" -f -a "check" -d 'Compare a connector with this node'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand connector; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and not __fish_seen_subcommand_from show" -f -a "show" -d 'Show where a node would log in for a LUN that is mapped to it now; reads only'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l connector -d 'Another node\'s connector (- reads stdin)' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l host -d 'The node whose host on the array this is' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l protocol -d 'The protocol; without, iSCSI unless the node has ports of Fibre Channel only [iscsi|fc]' -r -f -a "iscsi\t'iSCSI'
fc\t'Fibre Channel'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand connection; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -f -a "init" -d 'Write a configuration for one array, after a login to it'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -f -a "check" -d 'Look at every section and secret; sends nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and not __fish_seen_subcommand_from init check show" -f -a "show" -d 'Show every value that counts, secrets masked'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l url -d 'The array\'s management address, such as https://172.24.2.32:8088' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l kind -d 'Whose array it is: oceanstor or ontap. Without it the array is asked [oceanstor|ontap]' -r -f -a "oceanstor\t''
ontap\t''"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l svm -d 'ONTAP: the SVM to work on; needed where the account sees several' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l api -d 'ONTAP: which interface to speak [default: auto, what its version asks for] [auto|rest|zapi]' -r -f -a "auto\t''
rest\t''
zapi\t''"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l user -d 'The user to log in as' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l secret-file -d 'A file (0600) that holds the password; without it the password is asked for and stored' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l name -d 'What to call the array' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l fingerprint -d 'The certificate\'s fingerprint, known from elsewhere: any other is refused' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l origin -d 'Where each value came from'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -f -a "list" -d 'List journals of attachments, open ones and those that still own something'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -f -a "show" -d 'Show a journal, line by line'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -f -a "export" -d 'Print a journal as it stands in its file, JSON lines, to send it to somebody'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and not __fish_seen_subcommand_from list show export prune" -f -a "prune" -d 'Remove closed journals that own nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l all -d 'Closed journals that own nothing too'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l manual -d 'Changes of single objects by hand, the newest last'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l older-than -d 'Only those that ended longer ago than this, such as 720h' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand journal; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand collect" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand explain" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand schema" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l words -d 'The names that fit behind these words of a command line, the last one unfinished'
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand completions" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and not __fish_seen_subcommand_from replay" -f -a "replay" -d 'Print a trace as lines to type, each with what came of it; sends nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l as -d 'What to print [sh]' -r -f -a "sh\t'A script of `sh`'"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand trace; and __fish_seen_subcommand_from replay" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -f -a "serve" -d 'Serve a practice array on loopback until Ctrl-C'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -f -a "status" -d 'Show where the built-in practice array keeps its state'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and not __fish_seen_subcommand_from serve status reset" -f -a "reset" -d 'Forget the built-in practice array and everything attached from it'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -f -a "oceanstor" -d 'Serve a practice OceanStor'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from serve" -f -a "ontap" -d 'Serve a practice ONTAP: REST and the older ONTAPI (ZAPI) over one state'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l confirm -d 'Answer a question that wants a name typed' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -s a -l array -d 'Array: a section of the configuration' -r -f -a "(sanctl array list -o name 2>/dev/null)"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l config -d 'Use this configuration file alone' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l root -d 'Look at the machine captured in this folder (sanctl collect)' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -s o -l output -d 'Format of the result [table|wide|json|jsonl|yaml|csv|name]' -r -f -a "table\t'For people: the most useful columns'
wide\t'For people with a wide terminal: all columns'
json\t'One JSON document'
jsonl\t'One JSON object per line, as they come'
yaml\t'The JSON document, written as YAML'
csv\t'Comma-separated values: the columns of wide, values as in JSON'
name\t'Names alone, one per line'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l timeout -d 'Limit of the whole command, such as 90s or 10m' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l columns -d 'Print only these columns, separated by commas' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l sort -d 'Sort by this column' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l limit -d 'Print at most N objects' -r
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l progress -d 'How progress is shown on stderr [auto|plain|jsonl|none]' -r -f -a "auto\t'Spinners on a terminal, else lines'
plain\t'A line per step'
jsonl\t'The beginning and the end of each step as JSON lines'
none\t'None'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l color -d 'Colour state words; auto: on a terminal, unless NO_COLOR is set [auto|always|never]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l trace -d 'Write every request, command and sysfs write to FILE as JSON lines' -r -F
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l dry-run -d 'Say what would be done, change nothing'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -s y -l yes -d 'Answer yes to every yes-or-no question'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l no-input -d 'Never ask: a question is an error before the first change'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l json -d 'The same as -o json'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -s v -l verbose -d 'Say more: -v what is done, -vv every request and command'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -s q -l quiet -d 'Say nothing but the result and errors'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l no-headers -d 'Print tables without headings'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -l ascii -d 'Draw trees with plain characters'
complete -c sanctl -n "__fish_sanctl_using_subcommand sim; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help'
complete -c sanctl -a "(sanctl completions --words -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)"
