/* Closing descriptors; see jobs/descriptors.h. */
#include "jobs/descriptors.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CLOSE_RANGE      436
#define DESCRIPTORS_MOST (1 << 20)

void
descriptors_close(int first)
{
	struct rlimit most = { 0 };
	rlim_t end = DESCRIPTORS_MOST;

	if (syscall(CLOSE_RANGE, first, ~0u, 0) == 0)
		return;
	if (access("/proc/self/fd", R_OK | X_OK) == 0) {
		closefrom(first);
		return;
	}
	if (getrlimit(RLIMIT_NOFILE, &most) == 0 && most.rlim_max < end)
		end = most.rlim_max;
	for (int fd = first; fd < (int)end; fd++)
		close(fd);
}
