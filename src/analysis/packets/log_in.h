/*
 * A log that is being read, and the message under way in it.
 */
#ifndef PACKETS_LOG_IN_H
#define PACKETS_LOG_IN_H

#include "packets/capture_in.h"
#include "packets/log_formats.h"
#include "packets/log_wrap.h"
#include "msg/message.h"

struct log {
	struct capture *c;
	struct log_clock clock;
	uint64_t line;

	struct log_head head;
	uint64_t head_line; /* 0: none */

	struct buf text; /* of the message under way */
	struct log_wrap wrap;
	bool under_way, in_body;
	bool keeps_cr;  /* the log has the message's own line ends */
	size_t body;    /* where it begins */
	size_t length;  /* of it, SIZE_MAX: not known */
	uint64_t begin; /* the line where it begins */
	int64_t t;
	struct addr own, other; /* as the messages themselves say, once known */
	bool learnt;            /* … which one is since log_settle */
	struct map *targets; /* branch → struct addr: where requests went */
	struct msg msg;
	struct buf plain;
	struct buf clean; /* a line without its colours */
	bool in_json; /* the message under way is the text of lines of JSON … */
	struct buf text_of; /* … of which this is one */
};

/* Takes TEXT, a whole message whose body begins at HEAD.  This and the
 * functions below return 0, ERR_NOMEM or what capture_add returns. */
int log_whole(struct log *l, struct str text, size_t head);
/* Between whom l->msg went, by its head and what it says itself, into *F; 0 or
 * ERR_NOMEM. */
int log_flow(struct log *l, struct index_flow *f);
/* LINE is one of JSON: reads the message that it has; *TAKEN: it has one. */
int log_json_line(struct log *l, struct str line, bool *taken);
/* LINE, an object of JSON, as a collector writes each line of a log (docker's
 * json-file, journald): the line that it has as its text, without its end, *CR:
 * it had one; or LINE, where it has none, or a whole message.  Valid until the
 * next. */
struct str log_json_text(struct log *l, struct str line, bool *cr);
/* The addresses that the messages have named are put where F has none. */
void log_name_flow(const struct log *l, struct index_flow *f);
/* The same for all flows, after the last message. */
void log_name_sides(struct log *l);

#endif
