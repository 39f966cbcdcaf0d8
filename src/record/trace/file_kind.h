/* What a file is that was given to a command which can't use it. */
#ifndef TRACE_FILE_KIND_H
#define TRACE_FILE_KIND_H

#include "base/diag.h"

/* Kinds of files that commands take, as bits. */
enum file_kind {
	FILE_TRACE = 1,
	FILE_WORK = 2, /* of rung hand-in */
	FILE_SESSION = 4,
	FILE_CAPTURE = 8,
	FILE_TOPOLOGY = 16,
	FILE_SCRIPT = 32,
	FILE_QUESTIONS = 64, /* check.lua of a lab */
	FILE_OTHER = 128,    /* in a picture may be a hand-in */
	FILE_TEXT = 256,     /* … and a log may begin so */
	FILE_ARCHIVE = 512,
	FILE_WIDE = 1024, /* in UTF-16, which nothing takes */
	FILE_ANSWERS = 2048,
};

/* That FILE, with the contents TEXT, is of another kind than those TAKEN (bits)
 * and what takes it: ERR_UNSUPPORTED with a sentence in D; 0 where TEXT is of
 * no kind or one that is taken. */
int file_kind_refuse(
    struct str text, const char *file, unsigned taken, struct diag *d);

/* BYTES are a tar archive's beginning, compressed or not. */
bool file_kind_is_tar(struct str bytes);
/* BYTES begin as a capture's (pcap, pcapng), not compressed. */
bool file_kind_is_capture(struct str bytes);
/* TEXT is a page that rung has written for a browser. */
bool file_kind_is_own_page(struct str text);
/* TEXT begins with the word of a topology, behind comments. */
bool file_kind_is_graph(struct str text);

#endif
