/* ISUP in MTP3, M3UA and SCTP; see isup/m3ua.h. */
#include "isup/m3ua.h"

#include "base/octets.h"
#include "isup/isup.h"

#define SERVICE_ISUP 5
#define CIC_MOST     0xFFF
#define POINT_CODE   0x3FFF
#define SLS(cic)     ((cic)&15)

/* RFC 4666 3.1, 3.3.1 */
#define M3UA_VERSION       1
#define M3UA_TRANSFER      1
#define M3UA_DATA          1
#define M3UA_HEAD          8
#define M3UA_PROTOCOL_DATA 0x0210

static void
put_low_first(struct buf *out, uint32_t v, unsigned octets)
{
	for (unsigned i = 0; i < octets; i++)
		buf_putc(out, (char)(v >> 8 * i & 0xFF));
}

static void
put_cic_and_message(unsigned cic, struct str isup, struct buf *out)
{
	put_low_first(out, cic & CIC_MOST, 2);
	buf_str(out, isup);
}

void
mtp3_put_isup(const struct mtp_label *label, unsigned cic, struct str isup,
    struct buf *out)
{
	buf_putc(out, (char)(label->network << 6 | SERVICE_ISUP));
	put_low_first(out,
	    (label->dpc & POINT_CODE) | (label->opc & POINT_CODE) << 14 |
		(uint32_t)SLS(cic) << 28,
	    4);
	put_cic_and_message(cic, isup, out);
}

bool
mtp3_read_isup(
    struct str bytes, struct mtp_label *label, unsigned *cic, struct str *isup)
{
	const uint8_t *at = (const uint8_t *)bytes.p;
	uint32_t route = 0;

	if (bytes.n < MTP3_ISUP_HEAD || (at[0] & 15) != SERVICE_ISUP)
		return false;
	for (unsigned i = 0; i < 4; i++)
		route |= (uint32_t)at[1 + i] << 8 * i;
	*label = (struct mtp_label){ route >> 14 & POINT_CODE,
		route & POINT_CODE, at[0] >> 6 };
	*cic = (at[5] | (unsigned)at[6] << 8) & CIC_MOST;
	*isup = str_slice(bytes, MTP3_ISUP_HEAD, bytes.n);
	return true;
}

void
m3ua_put_isup(const struct mtp_label *label, unsigned cic, struct str isup,
    struct buf *out)
{
	/* tag, length, point codes, SI, NI, MP, SLS, CIC, message */
	size_t length = 4 + 12 + 2 + isup.n;

	buf_putc(out, M3UA_VERSION);
	buf_putc(out, 0);
	buf_putc(out, M3UA_TRANSFER);
	buf_putc(out, M3UA_DATA);
	/* RFC 4666 3.1.4: with what fills it up, which LENGTH is without */
	put32(out, (uint32_t)(M3UA_HEAD + octets_padded(length)));
	put16(out, M3UA_PROTOCOL_DATA);
	put16(out, length);
	put32(out, label->opc);
	put32(out, label->dpc);
	buf_putc(out, SERVICE_ISUP);
	buf_putc(out, (char)label->network);
	buf_putc(out, 0);
	buf_putc(out, (char)SLS(cic));
	put_cic_and_message(cic, isup, out);
	octets_put_padding(out, length);
}

/* RFC 4666 3.3.1: the part of Protocol Data before the user part's message:
 * point codes, SI, NI, MP, SLS. */
#define M3UA_LABEL 12
#define SERVICES   15

/* VALUE of Protocol Data, in MTP3. */
static bool
put_mtp3(struct str value, struct buf *out)
{
	const uint8_t *at = (const uint8_t *)value.p;
	uint32_t opc, dpc;

	if (value.n < M3UA_LABEL)
		return false;
	opc = get32(at);
	dpc = get32(at + 4);
	if (opc > POINT_CODE || dpc > POINT_CODE || at[8] > SERVICES ||
	    at[9] > 3 || at[11] > 15)
		return false;
	buf_putc(out, (char)(at[9] << 6 | at[8]));
	put_low_first(out, dpc | opc << 14 | (uint32_t)at[11] << 28, 4);
	buf_str(out, str_slice(value, M3UA_LABEL, value.n));
	return true;
}

bool
m3ua_read(struct str message, struct buf *mtp3)
{
	const char *head = message.p;
	size_t at = M3UA_HEAD, n;

	if (message.n < M3UA_HEAD || head[0] != M3UA_VERSION ||
	    head[2] != M3UA_TRANSFER || head[3] != M3UA_DATA ||
	    get32(head + 4) > message.n)
		return false;
	/* Parameters: tag, length with these four octets, value (3.2). */
	for (; message.n - at >= 4; at += octets_padded(n)) {
		n = get16(message.p + at + 2);
		if (n < 4 || n > message.n - at)
			return false;
		if (get16(message.p + at) == M3UA_PROTOCOL_DATA)
			return put_mtp3(
			    str_slice(message, at + 4, at + n), mtp3);
		if (octets_padded(n) > message.n - at)
			return false;
	}
	return false;
}
