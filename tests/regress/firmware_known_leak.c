/*
 * What the handset loses with a MIME part that has two Content-Type fields is
 * what libosip2 loses in reading it (osip-crashers' leak), and nothing more:
 * the phone has no gate before the library (docs/HANDSET.md), and gives back
 * all that it gets from it.
 */
#include "fixtures/firmware_peer.h"

#include "base/buf.h"
#include "firmware/phone/osip.h"

#define MESSAGES 8
#define BLOCKS   4096

#define PART "Content-Type: text/plain\r\n"
#define MIME "multipart/mixed;boundary=B"
#define HEAD "--B\r\n" PART
#define TAIL "\r\nhi\r\n--B--\r\n"

/* ---- what libosip2 has ---- */

static void *blocks[BLOCKS]; /* not given back yet; NULL: free */

static size_t
count_blocks(void)
{
	size_t n = 0;

	for (size_t i = 0; i < BLOCKS; i++)
		n += blocks[i] != NULL;
	return n;
}

static void
forget_block(const void *p)
{
	for (size_t i = 0; p != NULL && i < BLOCKS; i++)
		if (blocks[i] == p)
			blocks[i] = NULL;
}

static void
note_block(void *p)
{
	size_t i = 0;

	while (i < BLOCKS && blocks[i] != NULL)
		i++;
	if (p == NULL || i == BLOCKS)
		abort();
	blocks[i] = p;
}

static void *
get_block(size_t n)
{
	void *p = malloc(n > 0 ? n : 1);

	note_block(p);
	return p;
}

static void *
resize_block(void *p, size_t n)
{
	forget_block(p);
	p = realloc(p, n > 0 ? n : 1);
	note_block(p);
	return p;
}

static void
put_block(void *p)
{
	forget_block(p);
	free(p);
}

/* Nobody else knows them any more. */
static void
free_blocks(void)
{
	for (size_t i = 0; i < BLOCKS; i++) {
		free(blocks[i]);
		blocks[i] = NULL;
	}
}

/* ---- the messages ---- */

/* The N-th MESSAGE, with BODY. */
static void
write_message(unsigned n, const char *body, struct buf *out)
{
	buf_clear(out);
	buf_printf(out,
	    "MESSAGE sip:alice@192.0.2.4 SIP/2.0\r\n"
	    "Via: SIP/2.0/UDP 192.0.2.3;branch=z9hG4bKleak%u\r\n"
	    "From: <sip:bob@biloxi.example.com>;tag=1\r\n"
	    "To: <sip:alice@atlanta.example.com>\r\nCall-ID: c%u\r\n"
	    "CSeq: 1 MESSAGE\r\nMIME-Version: 1.0\r\nContent-Type: " MIME
	    "\r\nContent-Length: %zu\r\n\r\n%s",
	    n, n, strlen(body), body);
}

/* What libosip2 keeps of a message with BODY that it has read and freed. */
static size_t
lost_by_library(const char *body)
{
	LOCAL_BUF text = BUF_INIT;
	osip_message_t *m = NULL;
	size_t n;

	write_message(0, body, &text);
	CU_ASSERT_FATAL(osip_message_init(&m) == 0);
	CU_ASSERT(osip_message_parse(m, buf_cstr(&text), text.n) == 0);
	osip_message_free(m);
	n = count_blocks();
	free_blocks();
	return n;
}

/* What the phone has more of libosip2's after so many of them. */
static size_t
lost_by_phone(const char *body)
{
	LOCAL_BUF text = BUF_INIT;
	size_t before = count_blocks();

	for (unsigned i = 0; i < MESSAGES; i++) {
		write_message(i, body, &text);
		world_sip(buf_cstr(&text));
	}
	CU_ASSERT_EQUAL(world_count("SIP/2.0 "), MESSAGES);
	world_forget();
	/* Timer J */
	world_run(40000);
	return count_blocks() - before;
}

static void
nothing_more(void)
{
	static const char twice[] = HEAD PART TAIL, once[] = HEAD TAIL;
	size_t each;

	world_open(PEER_CONFIG "media=no ");
	osip_set_allocators(get_block, resize_block, put_block);
	each = lost_by_library(twice);
	CU_ASSERT_EQUAL(lost_by_library(once), 0);
	world_run(1500);
	CU_ASSERT_EQUAL(lost_by_phone(once), 0);
	CU_ASSERT_EQUAL(lost_by_phone(twice), each * MESSAGES);
	printf("  libosip2 loses %zu blocks a message\n", each);
	world_close();
	free_blocks();
}

CHECK_MAIN("firmware: known leak", { "nothing more", nothing_more })
