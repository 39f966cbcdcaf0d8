/*
 * A sandbox as it is before any script: most of what a short run needs to begin
 * is the making of its libraries and of the host's functions.  The first
 * sandbox of a kind lies in a room of its own while it is made; a copy of that
 * is kept.  Once the room is free, the next one of the kind is that copy, put
 * where its pointers hold.  So do the next few at the same time; one more is
 * made as any other.
 */
#include "script/own_in.h"

#include "base/mem.h"

#include <stdint.h>
#include <string.h>

/* More than these take. */
#define ROOM ((size_t)128 << 10)

/* So many kinds of hosts have rooms: the first that come. */
#define KINDS 4

struct pristine {
	char *room;
	size_t used;          /* of it, without what came later */
	char *copy;           /* NULL: none is there yet */
	bool taken, recorded; /* … and blocks go there */
};

/* Of the whole process, and never given back. */
static struct {
	bool known;
	bool random; /* the host draws random numbers (globals.c) */
	lua_CFunction bind;
	struct pristine rooms[SANDBOX_ROOMS];
} kinds[KINDS];

/* HOST's rooms; NULL: it has none. */
static struct pristine *
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

/* One of HOST's rooms that is free, rather one that has been used; or NULL. */
static struct pristine *
find_free_room(const struct sandbox_host *host)
{
	struct pristine *rooms = find_rooms(host), *found = NULL;

	for (size_t i = rooms != NULL ? SANDBOX_ROOMS : 0; i-- > 0;) {
		struct pristine *r = &rooms[i];

		if (!r->taken &&
		    (found == NULL || found->copy == NULL || r->copy != NULL))
			found = r;
	}
	return found;
}

void *
own_pristine_alloc(const struct sandbox *sb, size_t n)
{
	struct pristine *r = sb->room;
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
own_pristine_has(const struct sandbox *sb, const void *p)
{
	const struct pristine *r = sb->room;

	return r != NULL && (uintptr_t)p - (uintptr_t)r->room < ROOM;
}

struct sandbox *
own_pristine_begin(const struct sandbox_host *host, bool *made)
{
	struct pristine *r = find_free_room(host);
	struct sandbox *sb;

	*made = false;
	if (r == NULL)
		return NULL;
	if (r->room == NULL)
		r->room = mem_alloc(ROOM);
	if (r->room == NULL)
		return NULL;
	r->taken = true;
	*made = r->copy != NULL;
	if (*made) {
		memcpy(r->room, r->copy, r->used);
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
own_pristine_keep(const struct sandbox *sb)
{
	struct pristine *r = sb->room;

	if (r == NULL || !r->recorded)
		return;
	r->recorded = false;
	r->copy = mem_dup(r->room, r->used);
}

bool
own_pristine_end(const struct sandbox *sb)
{
	struct pristine *r = sb->room;

	if (r == NULL)
		return false;
	r->taken = r->recorded = false;
	return true;
}
