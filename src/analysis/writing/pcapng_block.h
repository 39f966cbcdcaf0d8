/* The blocks of a pcapng file; see writing/pcapng_write.c. */
#ifndef WRITING_PCAPNG_BLOCK_H
#define WRITING_PCAPNG_BLOCK_H

#include "base/buf.h"
#include "base/outfile.h"

/* Texts of options are cut at so many bytes. */
#define PCAPNG_TEXT_MOST 8192

struct pcapng_file {
	sink_fn *sink;
	void *arg;
	struct buf block; /* the one being made */
	struct buf text;
	int err; /* the first failure, after which nothing is written */
};

struct pcapng_packet {
	uint32_t interface;
	uint64_t ns; /* since 1970 */
	struct str frame;
	struct str comment; /* may be empty */
	bool inbound;       /* to the end that the interface names first */
	uint64_t id;        /* the same on all links that it passes */
};

/* Interface Description Block: Ethernet, times in ns. */
void pcapng_put_interface(
    struct pcapng_file *f, struct str name, struct str description);
/* Enhanced Packet Block. */
void pcapng_put_packet(struct pcapng_file *f, const struct pcapng_packet *p);

#endif
