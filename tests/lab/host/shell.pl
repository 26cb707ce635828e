#!/usr/bin/perl
# Runs one command after another beside an engine, as long as its standard input stays open.
#
# Reads requests: milliseconds and bytes, two 32-bit numbers, then the command.
# Writes frames: a letter, bytes as a 32-bit number, then the bytes. "o" and "e" are what the
# command prints on its two streams, in the order it comes; "x" is its exit code and ends it.
use strict;
use warnings;
use IO::Select;

my $PIPE_BYTES = 65536;
$| = 1;
binmode STDOUT;

while (1) {
    my ($milliseconds, $bytes) = unpack "NN", receive(8);
    my $command = receive($bytes);
    pipe my $out, my $out_end or die;
    pipe my $err, my $err_end or die;
    pipe my $ended, my $ended_end or die;
    my $waiter = fork // die;
    if (!$waiter) {
        close $_ for $out, $err, $ended;
        wait_for($ended_end, start($milliseconds / 1000, $command, $out_end, $err_end));
    }
    close $_ for $out_end, $err_end, $ended_end;
    sysread $ended, my $pid, 4;
    print pack "a N/a", "x", forward(unpack("N", $pid), $ended, $out, $err);
    waitpid $waiter, 0;
}

# The next bytes of standard input; its end is the end of this program.
sub receive {
    my ($bytes) = @_;
    my $data = "";
    while (length $data < $bytes) {
        sysread STDIN, $data, $bytes - length $data, length $data or exit;
    }
    return $data;
}

# Starts a command in a process group of its own, so that it can be killed with all it starts.
sub start {
    my ($seconds, $command, $out, $err) = @_;
    my $pid = fork // die;
    return $pid if $pid;
    setpgrp;
    open STDIN, "<", "/dev/null";
    open STDOUT, ">&", $out;
    open STDERR, ">&", $err;
    exec "timeout", "-k", "5", $seconds, "sh", "-c", $command;
}

# Tells the id of a process and, at its end, its exit code.
sub wait_for {
    my ($ended, $pid) = @_;
    syswrite $ended, pack "N", $pid;
    waitpid $pid, 0;
    syswrite $ended, $? & 127 ? 128 + ($? & 127) : $? >> 8;
    exit;
}

# Passes on what a command prints; its exit code. What it leaves in the background may hold its
# streams open: after its end, only what stands in them already is read.
sub forward {
    my ($pid, $ended, $out, $err) = @_;
    my $handles = IO::Select->new(\*STDIN, $ended, $out, $err);
    my ($code, $rounds) = (undef, 2);
    while ($rounds) {
        my @ready = $handles->can_read(defined $code ? 0 : undef);
        $rounds-- if defined $code;
        for my $handle (@ready) {
            if ($handle == \*STDIN) {    # nobody waits for the command any more
                kill KILL => -$pid;
                exit;
            }
            my $read = sysread $handle, my $data, $PIPE_BYTES;
            if (!$read) {
                $handles->remove($handle);
            }
            elsif ($handle == $ended) {
                $code = $data;
            }
            else {
                print pack "a N/a", $handle == $out ? "o" : "e", $data;
            }
        }
    }
    return $code;
}
