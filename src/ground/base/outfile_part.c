/*
 * PATH.part, the file that stays if the program is ended by force, and the rest
 * of an earlier run that may be there.
 */
#include "base/outfile_in.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

#define PART ".part"

/* The rest at PART gets a free name; NULL: none is, or there is no
 * memory. */
static char *
keep_part(const char *part)
{
	size_t n = strlen(part) + sizeof(".999");
	char *to = mem_alloc(n);

	for (unsigned i = 1; to != NULL && i < 1000; i++) {
		snprintf(to, n, "%s.%u", part, i);
		/* Unlike rename(2), link(2) replaces nothing. */
		if (link(part, to) == 0 && unlink(part) == 0)
			return to;
		if (errno != EEXIST)
			break;
	}
	mem_free(to);
	return NULL;
}

/* PART, of no other process, empty; -1: there is none to be had. */
static int
open_part(struct outfile *o, const char *part)
{
	int fd = open(part, O_CREAT | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);
	struct stat st;

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 &&
	    fstat(fd, &st) == 0) {
		if (st.st_size == 0)
			return fd;
		if (o->kept == NULL)
			o->kept = keep_part(part);
	}
	if (fd >= 0)
		close(fd);
	return -1;
}

int
outfile_open_part(struct outfile *o)
{
	size_t n = strlen(o->path);
	char *part = mem_alloc(n + sizeof(PART));
	int fd = -1;

	if (part != NULL) {
		memcpy(part, o->path, n);
		memcpy(part + n, PART, sizeof(PART));
		fd = open_part(o, part);
		if (fd < 0 && o->kept != NULL)
			fd = open_part(o, part);
	}
	if (fd >= 0)
		o->temp = part;
	else
		mem_free(part);
	return fd;
}
