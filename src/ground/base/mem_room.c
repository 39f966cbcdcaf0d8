/* How much memory the process may still have. */
#include "base/mem.h"

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/str.h"

/* The most that this process has had of addresses so far; proc(5). */
static uint64_t
read_peak(void)
{
	static const char key[] = "VmPeak:";
	char text[2048];
	int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, text, sizeof(text)) : -1;
	struct str line = { text, n > 0 ? (size_t)n : 0 }, rest;
	ptrdiff_t at = str_find(line, key);
	uint64_t kilobytes = 0;

	if (fd >= 0)
		close(fd);
	if (at >= 0)
		line = str_slice(line, (size_t)at + strlen(key), line.n);
	line = str_trim(str_cut(line, '\n', &rest));
	str_u64(str_cut(line, ' ', &rest), &kilobytes);
	return kilobytes * 1024;
}

uint64_t
mem_room_least(void)
{
	struct rlimit most;
	uint64_t peak;

	if (getrlimit(RLIMIT_AS, &most) != 0 || most.rlim_cur == RLIM_INFINITY)
		return UINT64_MAX;
	peak = read_peak();
	return most.rlim_cur > peak ? most.rlim_cur - peak : 0;
}
