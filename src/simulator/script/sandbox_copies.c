/*
 * Copies of a sandbox as it is before any script has run.  A short run spends
 * most of its start on making the libraries and the host's functions, and on
 * compiling the script.  The first sandbox of a kind is made in a memory block
 * of its own, its room; a copy of the room is kept, and another one after the
 * compiling.  Once the room is free, the next sandbox of the kind is such a
 * copy, put into the same room, where its pointers are valid.  A few more may
 * exist at the same time, each with its room; others are made without a copy.
 */
#include "script/sandbox_in.h"

#include "base/mem.h"

#include <stdint.h>
#include <string.h>

/* More than these take. */
#define ROOM ((size_t)128 << 10)

/* So many kinds of hosts have rooms: the first that come. */
#define KINDS 4

struct copy {
	char *bytes; /* NULL: none is there yet */
	size_t n;
};

struct sandbox_room {
	char *room;
	size_t used;          /* of it, without what came later */
	struct copy bare;     /* without a script */
	struct copy ready;    /* … and with this one */
	struct copy script;   /* its text, NUL, its file's name, NUL */
	bool taken, recorded; /* … and blocks go there */
};

/* Of the whole process, and never given back. */
static struct {
	bool known;
	bool random; /* the host draws random numbers (globals.c) */
	lua_CFunction bind;
	struct sandbox_room rooms[SANDBOX_ROOMS];
} kinds[KINDS];

/* HOST's rooms; NULL: it has none. */
static struct sandbox_room *
find_rooms(const struct sandbox_host *host)
{
	bool random = host->random != NULL;
	size_t i = 0;

	while (i < KINDS && kinds[i].known &&
	       (kinds[i].random != random || kinds[i].bind != host->bind))
		i++;
	if (i == KINDS)
		return NULL;
	kinds[i].known = true;
	kinds[i].random = random;
	kinds[i].bind = host->bind;
	return kinds[i].rooms;
}

static bool
has_script(const struct sandbox_room *r, const struct sandbox_host *host)
{
	struct str text = host->script;

	return text.n > 0 && r->ready.bytes != NULL &&
	       r->script.bytes != NULL &&
	       r->script.n == text.n + strlen(host->file) + 2 &&
	       memcmp(r->script.bytes, text.p, text.n) == 0 &&
	       r->script.bytes[text.n] == '\0' &&
	       strcmp(r->script.bytes + text.n + 1, host->file) == 0;
}

/* The more of a sandbox for HOST is there in R, the more. */
static int
rank_room(const struct sandbox_room *r, const struct sandbox_host *host)
{
	if (has_script(r, host))
		return 3;
	return r->bare.bytes == NULL ? 0 : r->ready.bytes == NULL ? 2 : 1;
}

/* The free one of HOST's rooms where most is there; or NULL. */
static struct sandbox_room *
find_free_room(const struct sandbox_host *host)
{
	struct sandbox_room *rooms = find_rooms(host), *found = NULL;

	for (size_t i = rooms != NULL ? SANDBOX_ROOMS : 0; i-- > 0;)
		if (!rooms[i].taken &&
		    (found == NULL ||
			rank_room(&rooms[i], host) >= rank_room(found, host)))
			found = &rooms[i];
	return found;
}

void *
sandbox_copy_alloc(const struct sandbox *sb, size_t n)
{
	struct sandbox_room *r = sb->room;
	size_t size = (n + 15) & ~(size_t)15;
	void *p;

	if (r == NULL || !r->recorded)
		return NULL;
	/* What lies elsewhere goes, and a copy would point to it. */
	r->recorded = size <= ROOM - r->used;
	if (!r->recorded)
		return NULL;
	p = r->room + r->used;
	r->used += size;
	return p;
}

bool
sandbox_copy_has(const struct sandbox *sb, const void *p)
{
	const struct sandbox_room *r = sb->room;

	return r != NULL && (uintptr_t)p - (uintptr_t)r->room < ROOM;
}

struct sandbox *
sandbox_copy_begin(const struct sandbox_host *host, bool *made)
{
	struct sandbox_room *r = find_free_room(host);
	const struct copy *copy;
	struct sandbox *sb;

	*made = false;
	if (r == NULL)
		return NULL;
	if (r->room == NULL)
		r->room = mem_alloc(ROOM);
	if (r->room == NULL)
		return NULL;
	r->taken = true;
	copy = has_script(r, host) ? &r->ready : &r->bare;
	*made = copy->bytes != NULL;
	if (*made) {
		r->used = copy->n;
		memcpy(r->room, copy->bytes, copy->n);
	} else {
		r->used = (sizeof(struct sandbox) + 15) & ~(size_t)15;
		r->recorded = true;
		memset(r->room, 0, r->used);
	}
	sb = (struct sandbox *)(void *)r->room;
	sb->room = r;
	return sb;
}

void
sandbox_copy_record(const struct sandbox *sb)
{
	if (sb->room != NULL)
		sb->room->recorded = sb->room->bare.bytes != NULL;
}

static void
keep_copy(struct copy *copy, const char *bytes, size_t n)
{
	mem_free(copy->bytes);
	*copy = (struct copy){ mem_dup(bytes, n), n };
}

/* The script's text with its file, of SB, which is ready. */
static void
keep_script(struct copy *copy, const struct sandbox_host *host)
{
	LOCAL_BUF text = BUF_INIT;

	buf_str(&text, host->script);
	buf_putc(&text, '\0');
	buf_puts(&text, host->file);
	keep_copy(copy, buf_cstr(&text), text.n + 1);
	if (text.err != 0)
		keep_copy(copy, NULL, 0);
}

void
sandbox_copy_keep(const struct sandbox *sb)
{
	struct sandbox_room *r = sb->room;

	if (r == NULL || !r->recorded)
		return;
	r->recorded = false;
	if (sb->first_stack == NULL || sb->strings != NULL ||
	    sb->ready != (r->bare.bytes != NULL))
		return;
	keep_copy(sb->ready ? &r->ready : &r->bare, r->room, r->used);
	if (sb->ready)
		keep_script(&r->script, &sb->host);
}

bool
sandbox_copy_end(const struct sandbox *sb)
{
	struct sandbox_room *r = sb->room;

	if (r == NULL)
		return false;
	r->taken = r->recorded = false;
	return true;
}
