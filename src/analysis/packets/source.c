/*
 * The bytes of a capture's file, and files that can't be read here. A file is
 * read, not mapped: another program may shorten it meanwhile, and a mapping
 * would then end the program. Bytes needed again are read again from their
 * place.
 */
#include "packets/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/gzip.h"
#include "base/infile.h"
#include "base/mem.h"
#include "base/progress.h"

#define CHUNK GUNZIP_CHUNK /* read at a time: it stays in the cache */
/* By so many bytes at its beginning a file that grows is known: a file header,
 * and the times of the first packets or lines. */
#define HEAD 1024

struct source {
	int fd;           /* -1: it is fed */
	struct str given; /* to a source that is fed, and not in the window */
	bool grows;       /* more may come */
	bool dry;         /* all that has come was read */
	bool begun;
	bool ended;
	bool regular;
	bool kept;
	uint64_t size;   /* of the file; 0: unknown */
	char head[HEAD]; /* of a file that grows, as it was seen first */
	size_t nhead;
	char *window;  /* SOURCE_WINDOW bytes */
	size_t at, n;  /* what was not taken yet: [at, n) */
	uint64_t pos;  /* of window[at] */
	uint64_t debt; /* bytes to be skipped, that have not come */
	struct diag *trouble;

	struct gunzip *gunzip; /* NULL: not compressed */
};

/* Of what was given. */
static size_t
source_read_given(struct source *s, char *to, size_t n)
{
	n = n < s->given.n ? n : s->given.n;
	if (n > 0)
		memcpy(to, s->given.p, n);
	s->given = str_slice(s->given, n, s->given.n);
	return n;
}

/* A pipe that is followed has nothing to be read now. */
static bool
source_is_idle(const struct source *s)
{
	struct pollfd p = { .fd = s->fd, .events = POLLIN };

	return s->grows && !s->regular && poll(&p, 1, 0) == 0;
}

static size_t
source_read_file(struct source *s, char *to, size_t n)
{
	off_t at = s->size > 0 ? lseek(s->fd, 0, SEEK_CUR) : 0;
	ssize_t got;

	if (source_is_idle(s))
		return 0;
	progress_tell(
	    N_("reading the file"), at > 0 ? (uint64_t)at : 0, s->size);
	do
		got = read(s->fd, to, n);
	while (got < 0 && errno == EINTR);
	if (got == 0 && !s->regular)
		s->grows = false;
	if (got >= 0)
		return (size_t)got;
	diag_set(s->trouble, ERR_IO, NULL, 0,
	    _("reading failed: %s; what follows is missing"),
	    err_system(errno));
	s->grows = false;
	return 0;
}

/* Up to N bytes; 0 at the end, or where they are still to come: `dry`. */
static size_t
source_read_some(struct source *s, char *to, size_t n)
{
	size_t got = s->fd < 0 ? source_read_given(s, to, n)
			       : source_read_file(s, to, n);

	s->dry = got == 0 && s->grows;
	return got;
}

/* A gunzip_read_fn, ARG a struct source. */
static size_t
read_packed(char *to, size_t n, void *arg)
{
	struct source *s = arg;
	size_t got = source_read_some(s, to, n);

	return s->dry ? GUNZIP_LATER : got;
}

/* Bytes behind the stream are no part of it, and go unread. */
static size_t
inflate_some(struct source *s, char *to, size_t n)
{
	size_t got = gunzip_read(s->gunzip, to, n);
	enum gunzip_state state = gunzip_state(s->gunzip);

	if (state != GUNZIP_OPEN)
		s->ended = true;
	if (state != GUNZIP_FOLLOWED)
		gunzip_say(state, NULL, s->trouble);
	return got;
}

static void
source_take(struct source *s, size_t n)
{
	s->at += n;
	s->pos += n;
}

static void
pay_debt(struct source *s)
{
	size_t n = s->n - s->at;

	n = s->debt < n ? (size_t)s->debt : n;
	s->debt -= n;
	source_take(s, n);
}

static void
fill_window(struct source *s, size_t want)
{
	size_t got, room;

	s->dry = false;
	while (s->n - s->at < want && !s->ended && !s->dry) {
		if (s->at > 0)
			memmove(s->window, s->window + s->at, s->n - s->at);
		s->n -= s->at;
		s->at = 0;
		room = SOURCE_WINDOW - s->n;
		/* Not more in all than gunzip takes to begin with. */
		if (!s->begun)
			room = room > CHUNK - s->n ? CHUNK - s->n : room;
		room = room > CHUNK ? CHUNK : room;
		got = s->gunzip != NULL
			  ? inflate_some(s, s->window + s->n, room)
			  : source_read_some(s, s->window + s->n, room);
		if (got == 0 && !s->dry)
			s->ended = true;
		s->n += got;
		pay_debt(s);
	}
}

struct str
source_look(struct source *s, size_t n)
{
	if (s->n - s->at < n && !s->ended)
		fill_window(s, n < SOURCE_WINDOW ? n : SOURCE_WINDOW);
	return (struct str){ s->window + s->at, s->n - s->at };
}

void
source_skip(struct source *s, uint64_t n)
{
	size_t here = s->n - s->at;

	here = n < here ? (size_t)n : here;
	source_take(s, here);
	n -= here;
	if (n == 0)
		return;
	if (s->kept && n < INT64_MAX && lseek(s->fd, (off_t)n, SEEK_CUR) >= 0) {
		s->pos += n;
		return;
	}
	s->debt = n;
	source_look(s, 1);
}

void
source_feed(struct source *s, struct str bytes)
{
	s->given = bytes;
	s->dry = false;
}

void
source_end(struct source *s)
{
	s->grows = false;
	s->dry = false;
}

bool
source_grows(const struct source *s)
{
	return s->grows;
}

bool
source_waits(const struct source *s)
{
	return s->dry;
}

/* The file was emptied and written again, perhaps by more than it had. */
static bool
begins_otherwise(struct source *s)
{
	char now[HEAD];
	size_t n = source_again(s, 0, now, sizeof(now));

	if (n < s->nhead || memcmp(now, s->head, s->nhead) != 0)
		return true;
	memcpy(s->head, now, n);
	s->nhead = n;
	return false;
}

int
source_check(struct source *s, const char *path, struct diag *d)
{
	struct stat now;

	if (!s->regular || fstat(s->fd, &now) != 0)
		return 0;
	if ((uint64_t)now.st_size < s->size || begins_otherwise(s))
		return diag_set(d, ERR_IO, path, 0,
		    _("has become shorter; what follows is not read"));
	s->size = (uint64_t)now.st_size;
	return 0;
}

int
source_check_name(const struct source *s, const char *path, struct diag *d)
{
	struct stat now, named;

	if (s->regular && fstat(s->fd, &now) == 0 && stat(path, &named) == 0 &&
	    (named.st_dev != now.st_dev || named.st_ino != now.st_ino))
		return diag_set(d, ERR_IO, path, 0,
		    _("is now another file, which is not read"));
	return 0;
}

uint64_t
source_at(const struct source *s)
{
	return s->pos + s->debt;
}

bool
source_is_kept(const struct source *s)
{
	return s->kept;
}

size_t
source_again(const struct source *s, uint64_t at, char *to, size_t n)
{
	size_t all = 0;
	ssize_t got;

	while (all < n) {
		got = pread(s->fd, to + all, n - all, (off_t)(at + all));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		all += (size_t)got;
	}
	return all;
}

/* What the window holds so far goes through gunzip. */
static int
begin_gzip(struct source *s, const char *path, struct diag *d)
{
	struct str begin = { s->window, s->n };
	int err = gunzip_create(&s->gunzip, begin, read_packed, s);

	s->n = 0;
	s->kept = false;
	s->ended = false;
	return diag_fail_file(d, err, path);
}

/* Other packers, by the first bytes of what they make. */
static const struct packer {
	const char *magic;
	const char *name;
} packers[] = {
	{ "\x28\xb5\x2f\xfd", "zstd" },
	{ "\xfd"
	  "7zXZ",
	    "xz" },
	{ "BZh", "bzip2" },
	{ "\x04\x22\x4d\x18", "lz4" },
	{ "PK\x03\x04", "zip" },
};

/* Bytes by which packers are known. */
#define MAGIC 6

int
source_begin(struct source *s, const char *path, struct diag *d)
{
	struct str head = source_look(s, MAGIC);

	if (head.n < MAGIC && source_waits(s))
		return 0;
	s->begun = true;
	if (gunzip_is(head))
		return begin_gzip(s, path, d);
	for (size_t i = 0; i < COUNT_OF(packers); i++)
		if (str_starts(head, packers[i].magic))
			return diag_set(d, ERR_UNSUPPORTED, path, 0,
			    _("compressed with %s; unpack it first"),
			    packers[i].name);
	return 0;
}

bool
source_has_begun(const struct source *s)
{
	return s->begun;
}

static int
source_open_file(struct source *s, const char *path, struct diag *d)
{
	struct stat st;

	progress_tell(N_("reading the file"), 0, 0);
	s->fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO)
				       : open(path, O_RDONLY | O_CLOEXEC);
	if (s->fd < 0 || fstat(s->fd, &st) != 0)
		return diag_set(d, ERR_IO, path, 0, _("can't be read: %s"),
		    err_system(errno));
	if (S_ISDIR(st.st_mode))
		return diag_set(d, ERR_IO, path, 0, _("is a folder"));
	file_ids_note(s->fd);
	s->regular = S_ISREG(st.st_mode);
	/* A part of the standard input may have been read already. */
	s->kept = s->regular && lseek(s->fd, 0, SEEK_CUR) == 0;
	s->size = s->kept ? (uint64_t)st.st_size : 0;
	return 0;
}

int
source_create(struct source **out, struct diag *trouble)
{
	struct source *s = mem_zalloc(1, sizeof(*s));

	*out = NULL;
	if (s == NULL)
		return ERR_NOMEM;
	s->fd = -1;
	s->grows = true;
	s->trouble = trouble;
	s->window = mem_alloc(SOURCE_WINDOW);
	if (s->window == NULL) {
		source_close(s);
		return ERR_NOMEM;
	}
	*out = s;
	return 0;
}

int
source_open(struct source **out, const char *path, bool grows,
    struct diag *trouble, struct diag *d)
{
	int err = source_create(out, trouble);

	if (err != 0)
		return diag_fail_file(d, err, path);
	(*out)->grows = grows;
	err = source_open_file(*out, path, d);
	if (err != 0) {
		source_close(*out);
		*out = NULL;
	}
	return err;
}

void
source_close(struct source *s)
{
	if (s == NULL)
		return;
	gunzip_destroy(s->gunzip);
	if (s->fd >= 0)
		close(s->fd);
	mem_free(s->window);
	mem_free(s);
}

/*
 * Captures of other programs, which editcap (of Wireshark) converts to pcapng.
 * Each is known by N bytes, MAGIC, which are AT so many from the beginning.
 */
static const struct foreign {
	size_t at, n;
	const char *magic;
	const char *name;
} foreigns[] = {
	{ 0, 4, "GMBU", "Microsoft Network Monitor 2" },
	{ 0, 4, "RTSS", "Microsoft Network Monitor 1" },
	{ 0, 8, "snoop\0\0\0", "snoop (Solaris)" },
	{ 0, 17, "TRSNIFF data    \x1a", "Sniffer (DOS)" },
	{ 0, 4, "XCP", "NetXRay or Sniffer (Windows)" },
	{ 0, 4, "\x05VNF", "Visual Networks" },
	{ 0, 8, "\xaa\xaa\xaa\xaa\x20\0\0\0", "5View" },
	{ 6, 10, "Trace Disp", "LANalyzer" },
	{ 0, 4, "TR\0d", "nettl (HP-UX)" },
};

static const struct foreign *
source_find_foreign(struct str head)
{
	for (size_t i = 0; i < COUNT_OF(foreigns); i++) {
		const struct foreign *f = &foreigns[i];

		if (head.n >= f->at + f->n &&
		    memcmp(head.p + f->at, f->magic, f->n) == 0)
			return f;
	}
	return NULL;
}

/*
 * A scenario of SIPp, whose messages were not sent: XML whose first element is
 * of a scenario, also behind a comment.
 */
static bool
is_scenario(struct str head)
{
	struct str s = str_trim(head);

	if (str_starts(s, "\xef\xbb\xbf"))
		s = str_slice(s, 3, s.n);
	return str_starts(s, "<") && str_find(s, "<scenario") >= 0 &&
	       (str_starts(s, "<?xml") || str_starts(s, "<!--") ||
		   str_starts(s, "<!DOCTYPE scenario") ||
		   str_starts(s, "<scenario"));
}

bool
capture_is_foreign(struct str head)
{
	return source_find_foreign(head) != NULL || is_scenario(head);
}

int
capture_refuse_foreign(struct str head, const char *path, struct diag *d)
{
	const struct foreign *f = source_find_foreign(head);

	if (f != NULL)
		return diag_set(d, ERR_UNSUPPORTED, path, 0,
		    _("a capture of %s; editcap (of Wireshark) converts it "
		      "into one that can be read: editcap -F pcapng %s "
		      "NEW.pcapng"),
		    f->name, path != NULL ? path : "OLD");
	if (is_scenario(head))
		return diag_set(d, ERR_UNSUPPORTED, path, 0,
		    _("a SIPp scenario, which contains the messages to send; "
		      "for the messages sent, use a capture, or the file that "
		      "sipp -trace_msg writes"));
	return 0;
}
