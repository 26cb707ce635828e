# Print the memory, in kB, and the processors that programs see here.
echo "/proc/meminfo: $(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo)"
echo "free: $(free | awk '/^Mem:/ {print $2}')"
echo "nproc: $(nproc)"
echo "/proc/cpuinfo: $(grep -c '^processor' /proc/cpuinfo)"
