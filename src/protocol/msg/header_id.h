/*
 * A header field's row by its number, for code that only passes it on.  The
 * numbers by name are in msg/header_names.h, what a row says is in
 * msg/headers.h; so a new row recompiles only the files that name header
 * fields.
 */
#ifndef MSG_HEADER_ID_H
#define MSG_HEADER_ID_H

#include <stdint.h>

enum msg_header {
	MSG_H_OTHER, /* a field that has no row */
	/* MSG_H_…, of msg/header_names.h */
	MSG_H_LARGEST = UINT8_MAX
};

#endif
