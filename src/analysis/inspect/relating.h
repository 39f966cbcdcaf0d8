/* State that is kept while rows of inspect/relation.h are asked of one message.
 */
#ifndef INSPECT_RELATING_H
#define INSPECT_RELATING_H

#include "inspect/relate.h"
#include "msg/sdp.h"

/* The description of a message that was read. */
struct described {
	const struct msg *of; /* NULL: none was */
	bool good;
	struct msg_sdp sdp;
};

/* For each direction and class of statuses the rows of each method. */
#define RELATE_CLASSES 7
#define RELATE_LISTS   (RELATE_CLASSES * MSG_METHOD_COUNT)

struct relating {
	struct placed_message at[OTHER_MESSAGE_COUNT];
	unsigned where;             /* WHERE_…, of the message */
	struct described described; /* another message's */
	/* The left side of the row before, which the next one may have. */
	const struct end *last;
	struct str said;
	bool there;
	const struct check *told; /* the last row that was broken, or NULL */
	/* The message's own description. */
	bool looked;
	const struct msg_sdp *own;
	struct buf left, right, given;
	/* Rows by list; a list is made when it is asked for. */
	struct {
		const struct check **rows; /* owned; NULL: not yet asked for */
		size_t n;
	} lists[RELATE_LISTS];
};

#endif
