/* Writes that are whole. */
#include "base/fd.h"

#include <errno.h>
#include <unistd.h>

int
fd_write(int fd, struct str text)
{
	while (text.n > 0) {
		ssize_t n = write(fd, text.p, text.n);

		if (n < 0 && errno != EINTR)
			return errno;
		if (n > 0)
			text = str_slice(text, (size_t)n, text.n);
	}
	return 0;
}
