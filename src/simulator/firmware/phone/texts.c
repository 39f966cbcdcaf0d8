/* The texts, and which one belongs to a status. */
#include "firmware/phone/texts.h"

#include <stddef.h>

const char *
text_of(enum language language, enum text_id id)
{
	static const char *const texts[][2] = {
#define TEXT_ROW(id, en, zh) { en, zh },
		TEXTS(TEXT_ROW)
#undef TEXT_ROW
	};

	return texts[id][language];
}

enum text_id
text_of_status(int status)
{
	static const struct {
		short status;
		short text;
	} rows[] = {
		{ 400, TEXT_S_BAD_REQUEST },
		{ 401, TEXT_S_UNAUTHORIZED },
		{ 403, TEXT_S_FORBIDDEN },
		{ 404, TEXT_S_NOT_FOUND },
		{ 405, TEXT_S_METHOD },
		{ 406, TEXT_S_NOT_ACCEPTABLE },
		{ 407, TEXT_S_UNAUTHORIZED },
		{ 408, TEXT_S_TIMEOUT },
		{ 410, TEXT_S_GONE },
		{ 413, TEXT_S_TOO_LARGE },
		{ 414, TEXT_S_TOO_LARGE },
		{ 415, TEXT_S_MEDIA_TYPE },
		{ 416, TEXT_S_BAD_REQUEST },
		{ 420, TEXT_S_EXTENSION },
		{ 421, TEXT_S_EXTENSION },
		{ 480, TEXT_S_UNAVAILABLE },
		{ 481, TEXT_S_NO_CALL },
		{ 482, TEXT_S_LOOP },
		{ 483, TEXT_S_HOPS },
		{ 484, TEXT_S_ADDRESS },
		{ 485, TEXT_S_AMBIGUOUS },
		{ 486, TEXT_S_BUSY },
		{ 487, TEXT_S_TERMINATED },
		{ 488, TEXT_S_NO_MEDIA },
		{ 491, TEXT_S_PENDING },
		{ 501, TEXT_S_NOT_IMPLEMENTED },
		{ 502, TEXT_S_GATEWAY },
		{ 503, TEXT_S_SERVICE },
		{ 504, TEXT_S_SERVER_TIMEOUT },
		{ 505, TEXT_S_VERSION },
		{ 513, TEXT_S_TOO_LARGE },
		{ 600, TEXT_S_BUSY_ALL },
		{ 603, TEXT_S_DECLINED },
		{ 604, TEXT_S_NOWHERE },
		{ 606, TEXT_S_NO_MEDIA },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].status == status)
			return (enum text_id)rows[i].text;
	return status < 400   ? TEXT_S_REDIRECT
	       : status < 500 ? TEXT_S_CLIENT
	       : status < 600 ? TEXT_S_SERVER
			      : TEXT_S_DECLINED;
}
