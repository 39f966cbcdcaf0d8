/*
 * Names, and who was called, missed, and wrote.
 */
#ifndef FIRMWARE_PHONE_PHONEBOOK_H
#define FIRMWARE_PHONE_PHONEBOOK_H

#include "firmware/phone/config.h"

#include <stddef.h>

#define HISTORY      8
#define HISTORY_TEXT 320 /* bytes of a message that are kept */

struct history_entry {
	char name[CONFIG_NAME]; /* "" where none is known */
	char uri[CONFIG_URI];
	char *text; /* of a message, else NULL */
};

/* The newest first; the oldest is forgotten. */
struct history {
	struct history_entry entries[HISTORY];
	unsigned n;
	unsigned fresh; /* not shown yet */
};

/* Adds an entry; TEXT is NULL except for messages. */
void history_add(
    struct history *h, const char *name, const char *uri, const char *text);
void history_clear(struct history *h);
/* The name that the phone book has for URI, NULL where it has none.  User and
 * host count, parameters do not. */
const char *book_name(const struct config *c, const char *uri);
/* "sip:bob@b.example" → "bob"; the host where there is no user.  OUT has CAP
 * bytes. */
void book_short(const char *uri, char *out, size_t cap);

#endif
