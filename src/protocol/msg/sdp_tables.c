/*
 * The tables behind a session description: line types (RFC 8866 5), attributes
 * (8866 6 and the extensions that a SIP call carries), static payload types
 * (RFC 3551 6).
 */
#include "msg/sdp.h"

static const struct msg_sdp_type types[] = {
#define X(letter, name, section, text) { letter, name, section, text },
	MSG_SDP_TYPES(X)
#undef X
};

/* clang-format off */
static const struct msg_sdp_attribute attributes[] = {
	{ "rtpmap", 8866, "6.6",
	  N_("which codec a payload type number stands for") },
	{ "fmtp", 8866, "6.15", N_("parameters of one codec") },
	{ "ptime", 8866, "6.4", N_("how many milliseconds of media go into one packet") },
	{ "maxptime", 8866, "6.5", N_("how many milliseconds of media one packet may hold") },
	{ "sendrecv", 8866, "6.7.2", N_("media flow both ways") },
	{ "sendonly", 8866, "6.7.3",
	  N_("this side only sends; in a call, the other side is put on hold") },
	{ "recvonly", 8866, "6.7.1",
	  N_("this side only receives; in a call, it has been put on hold") },
	{ "inactive", 8866, "6.7.4", N_("no media flow, but the stream stays set up") },
	{ "cat", 8866, "6.1", N_("a category for sorting sessions; obsolete") },
	{ "keywds", 8866, "6.2", N_("keywords for finding sessions; obsolete") },
	{ "tool", 8866, "6.3", N_("the program that made this description") },
	{ "orient", 8866, "6.8", N_("whether a whiteboard stands upright or lies") },
	{ "type", 8866, "6.9", N_("the kind of conference") },
	{ "charset", 8866, "6.10", N_("the character set of the names") },
	{ "sdplang", 8866, "6.11", N_("the human language of the description") },
	{ "lang", 8866, "6.12", N_("the human language of the session") },
	{ "framerate", 8866, "6.13", N_("the most video frames in a second") },
	{ "quality", 8866, "6.14", N_("the quality of the coding, from 0 to 10") },
	{ "rtcp", 3605, "2.1", N_("where RTCP goes, if not to the next port") },
	{ "rtcp-mux", 5761, "5.1.1", N_("RTP and RTCP share one port") },
	{ "rtcp-xr", 3611, "5.1", N_("extended reports that RTCP is to carry") },
	{ "rtcp-fb", 4585, "4.2", N_("feedback about the media that RTCP may carry") },
	{ "candidate", 8839, "5.1", N_("an address at which ICE may try to reach this side") },
	{ "ice-ufrag", 8839, "5.4", N_("the user name for ICE's connectivity checks") },
	{ "ice-pwd", 8839, "5.4", N_("the password for ICE's connectivity checks") },
	{ "ice-options", 8839, "5.6", N_("extensions of ICE that this side knows") },
	{ "ice-lite", 8839, "5.3", N_("this side answers ICE's checks but makes none") },
	{ "crypto", 4568, "4", N_("the keys for SRTP, in the open") },
	{ "fingerprint", 8122, "5", N_("the hash of the certificate that DTLS or TLS will show") },
	{ "setup", 4145, "4", N_("which side opens the connection") },
	{ "connection", 4145, "5", N_("whether a new connection is needed") },
	{ "group", 5888, "5", N_("streams that belong together") },
	{ "mid", 5888, "4", N_("the name of this stream in a group") },
	{ "ssrc", 5576, "4.1", N_("a property of one RTP source") },
	{ "curr", 3312, "4", N_("which resources are reserved now") },
	{ "des", 3312, "4", N_("which resources must be reserved before the phone rings") },
	{ "conf", 3312, "4", N_("when the other side is to confirm a reservation") },
	{ "content", 4796, "5", N_("what the stream shows: slides, the speaker, a sign language") },
};

/* RFC 3551 section 6, tables 4 and 5 */
static const struct {
	unsigned type;
	const char *codec;
} codecs[] = {
	{ 0, "PCMU/8000" }, { 3, "GSM/8000" }, { 4, "G723/8000" },
	{ 5, "DVI4/8000" }, { 6, "DVI4/16000" }, { 7, "LPC/8000" },
	{ 8, "PCMA/8000" }, { 9, "G722/8000" }, { 10, "L16/44100/2" },
	{ 11, "L16/44100" }, { 12, "QCELP/8000" }, { 13, "CN/8000" },
	{ 14, "MPA/90000" }, { 15, "G728/8000" }, { 16, "DVI4/11025" },
	{ 17, "DVI4/22050" }, { 18, "G729/8000" }, { 25, "CelB/90000" },
	{ 26, "JPEG/90000" }, { 28, "nv/90000" }, { 31, "H261/90000" },
	{ 32, "MPV/90000" }, { 33, "MP2T/90000" }, { 34, "H263/90000" },
};
/* clang-format on */

const struct msg_sdp_type *
msg_sdp_type(char letter)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].letter == letter)
			return &types[i];
	return NULL;
}

const struct msg_sdp_attribute *
msg_sdp_attribute(struct str name)
{
	for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++)
		if (str_is(name, attributes[i].name))
			return &attributes[i];
	return NULL;
}

const char *
msg_sdp_static_codec(unsigned payload_type)
{
	for (size_t i = 0; i < sizeof(codecs) / sizeof(codecs[0]); i++)
		if (codecs[i].type == payload_type)
			return codecs[i].codec;
	return NULL;
}
