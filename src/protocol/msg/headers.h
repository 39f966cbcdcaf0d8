/*
 * The header fields that mean something to rung or to a reader, one row each:
 * name, compact form, where defined, what for.  headers_table.h holds the rows.
 */
#ifndef MSG_HEADERS_H
#define MSG_HEADERS_H

#include "base/i18n.h"
#include "base/str.h"
#include "msg/header_id.h"

enum {
	MSG_HF_ONCE = 1, /* may stand once */
	MSG_HF_LIST = 2, /* comma-separated values may share a field */
};

struct msg_header_info {
	const char *name; /* "Call-ID" */
	char compact;     /* 'i', or 0 */
	unsigned rfc;
	const char *section; /* may be empty */
	unsigned flags;
	const char *text; /* our sentence, untranslated */
};

/* By name or compact form, whatever the case of the letters; MSG_H_OTHER where
 * it has no row. */
enum msg_header msg_header_find(struct str name);
/* NULL for MSG_H_OTHER. */
const struct msg_header_info *msg_header_info(enum msg_header id);

#endif
