# What stands on an engine's host, outside of the engine's own data.
#
# "keep" notes it in a folder; "compare" prints what has changed since, a line each, with tabs
# between: "+" or "-", the kind of thing, its name, and what is known of it.
use strict;
use warnings;
use Fcntl ":mode";

my ($MODE, $FOLDER) = @ARGV;
my $KEPT      = "$FOLDER/host";
my @FIREWALLS = qw(iptables ip6tables);
my $HOME      = (getpwuid $<)[7];
# Data of engines and their clients, the claim's own folder, caches and logs.
my %ENGINES_OWN = map { $_ => 1 } qw(
    /work /snippets /run/claim /run/lab /run/docker /run/containerd /run/containers /run/crun
    /run/libpod /run/lxc /run/netns /run/runc /run/xtables.lock /var/cache /var/log /var/lib/apt
    /var/lib/dpkg /var/tmp/buildah-cache-0), map "$HOME/.docker/buildx/$_",
    qw(activity refs);
# What a first build, a first network and a change of users make and keep.
my $OF_CLIENT =
    qr{^$HOME/\.docker(?:/\.\w+|/buildx(?:/(?:instances|defaults|current|\.\w+))?)?$};
my $OF_SYSTEM = qr{^/etc/(?:containers/networks|\w+-)$};
my $CHANGES_BY_ITSELF = qr/^(?:\.|veth|random$|ns_last_pid|perf_event|.*-nr$|.*-state$)/;
my %state;

# Files by their names, owners and modes; those of /etc by their content, others by size and time.
sub list_files {
    my ($folder, $device) = @_;
    opendir my $handle, $folder or return;
    for my $name (readdir $handle) {
        my $path = $folder eq "/" ? "/$name" : "$folder/$name";
        next if $name eq "." or $name eq ".." or $ENGINES_OWN{$path};
        my ($dev, $mode, $uid, $gid, $size, $time) = (lstat $path)[0, 2, 4, 5, 7, 9];
        next if !defined $dev;
        my $known = sprintf "%o %d:%d", $mode, $uid, $gid;
        $known .= " -> " . readlink $path if S_ISLNK($mode);
        $known .= " $size " . ($path =~ m{^/etc/} ? checksum($path) : $time) if S_ISREG($mode);
        $state{"file\t$path\t$known"} = 1 if $path !~ /$OF_CLIENT|$OF_SYSTEM/;
        list_files($path, $device) if S_ISDIR($mode) and $dev == $device;
    }
}

sub content {
    my ($path) = @_;
    local $/;
    open my $file, "<", $path or return;
    return scalar <$file>;
}

sub checksum {
    return unpack "%32N*", (content(@_) // "") . "\0\0\0";
}

sub list_settings {
    my ($folder) = @_;
    opendir my $handle, $folder or return;
    for my $name (grep { !/$CHANGES_BY_ITSELF/ } readdir $handle) {
        my $path = "$folder/$name";
        my $mode = (stat $path)[2] // next;
        list_settings($path) if S_ISDIR($mode);
        next if !S_ISREG($mode) or !($mode & 0200);
        my $value = content($path) // next;
        chomp $value;
        $value =~ s/\s+/ /g;
        $state{"kernel setting\t$path\t$value"} = 1;
    }
}

# But the shells of this lab and what they run: this program, and what other runs ask. What a
# command leaves behind is no longer a child of its shell.
sub list_processes {
    my (%parent, %command);
    for my $folder (glob "/proc/[0-9]*") {
        my ($pid) = $folder =~ /(\d+)/;
        my ($state, $parent) = (content("$folder/stat") // next) =~ /.*\) (\S) (\d+)/s;
        my $command = content("$folder/cmdline") or next;    # a zombie has none
        $command =~ tr/\0\n\t/   /;
        ($parent{$pid}, $command{$pid}) = ($parent, $command) if $state ne "Z";
    }
    for my $pid (keys %command) {
        my $first = $pid;    # of its ancestors and itself
        $first = $parent{$first} while $parent{$first};
        next if $first != 1 or $pid == $$;
        $state{"process\t$pid\t$command{$pid}"} = 1;
    }
}

sub list_network {
    open my $ip, "-|", "printf 'address\\nroute show table all\\nrule\\n' | ip -o -batch -";
    while (<$ip>) {
        next if / fe80:| ff00::|veth/;    # as long as there are containers
        s/^\d+: (\S+) +inet/$1 inet/;
        s/ linkdown| *valid_lft.*|\\.*|\s+$//g;
        $state{"address or route\t$_\t"} = 1;
    }
    $state{"network namespace\t$_\t"} = 1 for map { m{([^/]+)$} } glob "/run/netns/*";
}

# The rules as they are listed; counters left out.
sub list_rules {
    for my $firewall (@FIREWALLS) {
        my $table = "";
        my $rules = `$firewall-save`;
        save("$FOLDER/$firewall", $rules) if $MODE eq "keep";
        for (split /\n/, $rules) {
            $table = $1 if /^\*(.*)/;
            next if /^(?:#|\*|COMMIT|:\w+ ACCEPT)/ or / DOCKER_(?:OUTPUT|POSTROUTING) /;
            s/ \[\d+:\d+\]$//;
            $state{"$firewall rule\t$table $_\t"} = 1;
        }
    }
    return if !-x "/usr/sbin/nft";
    for (split /\n/, `nft list ruleset`) {
        s/counter packets \d+ bytes \d+|\t//g;
        $state{"nft rule\t$_\t"} = 1;
    }
}

sub list_mounts {
    for (split /\n/, content("/proc/self/mounts")) {
        my ($source, $path, $type) = split / /;
        next if $path =~ m{^/(?:var/lib/(?:docker|containers|containerd)/|run/(?:docker/|netns))};
        $state{"mount\t$path\t$type"} = 1;
    }
}

sub save {
    my ($path, $text) = @_;
    open my $file, ">", $path or die "$path: $!\n";
    print $file $text;
}

mkdir $_ for "/run/lab", $FOLDER;
list_files($_, (lstat $_)[0]) for grep { -d } "/", "/run", "/dev/shm";
list_settings("/proc/sys");
list_processes();
list_network();
list_rules();
list_mounts();
if ($MODE eq "keep") {
    save($KEPT, join "", map { "$_\n" } keys %state);
    system "rm -rf $FOLDER/etc && cp -a /etc $FOLDER/etc";
    exit;
}
my $kept = content($KEPT) // die "no state is kept in $FOLDER\n";
my %before = map { $_ => 1 } split /\n/, $kept;
print map { "+\t$_\n" } sort grep { !$before{$_} } keys %state;
print map { "-\t$_\n" } sort grep { !$state{$_} } keys %before;
