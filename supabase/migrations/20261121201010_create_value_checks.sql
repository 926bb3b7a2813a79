-- What tables of partners have in common: lines and longer texts, addresses of the web and of people, amounts of money. Written
-- once, so that every table refuses the same.

set local lock_timeout = '5s';

-- No control characters, none that turn the direction of what is around them, no blanks at either end.
create or replace function private.is_line(value text, longest integer) returns boolean
language sql
immutable
set search_path = ''
as $$
  select char_length(value) between 1 and longest and value = btrim(value)
    and value !~ '[\u0001-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]'
$$;

-- The same with lines and tabs.
create or replace function private.is_prose(value text, longest integer) returns boolean
language sql
immutable
set search_path = ''
as $$
  select char_length(value) between 1 and longest and value !~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]'
$$;

-- http and https alone, with nothing in it that a browser would drop or rewrite before it follows the link: it cannot become
-- javascript: on the way. The host is a name with a dot, so that no stored link leads into somebody's own network.
create or replace function private.is_web_address(value text) returns boolean
language sql
immutable
set search_path = ''
as $$
  select char_length(value) <= 2000
    and value ~ '^https?://([[:alnum:]]([[:alnum:]-]{0,61}[[:alnum:]])?\.)+[[:alpha:]][[:alnum:]-]{0,61}[[:alnum:]](:[0-9]{1,5})?([/?#][^[:space:]\\<>"]*)?$'
    and value !~ '[\u0001-\u0020\u007f-\u00a0\u2028\u2029\u202a-\u202e\u2066-\u2069]'
$$;

create or replace function private.is_mail_address(value text) returns boolean
language sql
immutable
set search_path = ''
as $$
  select char_length(value) <= 254
    and value ~ '^[^@[:space:][:cntrl:]<>",;:\\()\[\]]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$'
$$;

create or replace function private.is_phone_number(value text) returns boolean
language sql
immutable
set search_path = ''
as $$
  select value ~ '^\+?[0-9(][0-9 ()./-]{2,38}([0-9]|( ?(ext\.?|x) ?[0-9]{1,6}))$'
$$;

-- The host that an address, a link or a bare name stands for, always written the same way; nothing where there is none.
create or replace function private.web_domain(value text) returns text
language sql
immutable
set search_path = ''
as $$
  select case when host ~ '^([[:alnum:]]([[:alnum:]-]{0,61}[[:alnum:]])?\.)+[[:alpha:]][[:alnum:]-]{0,61}[[:alnum:]]$'
    and char_length(host) <= 253 then host end
  from (
    select regexp_replace(
      regexp_replace(
        regexp_replace(lower(btrim(value)), '^([a-z][a-z0-9+.-]*://|mailto:)?([^/?#]*@)?', ''),
        '(:[0-9]*)?([/?#].*)?$', ''
      ),
      '^www\.|\.$', '', 'g'
    ) as host
  ) as found
$$;

comment on function private.web_domain is 'Small letters, no www., no port, no path: "https://www.Acme.com/about" and "sam@acme.com" are acme.com.';

-- Where everybody can have an address, so that it says nothing about who somebody works for.
create or replace function private.is_free_mail(domain text) returns boolean
language sql
immutable
set search_path = ''
as $$
  select domain ~ '^(yahoo|ymail|rocketmail|hotmail|live|outlook|msn|gmx|yandex|aol|mail|email|inbox|proton|tutanota|tuta|zoho|freenet|arcor)\.(com|net|org|de|at|ch|co\.[a-z]{2}|com\.[a-z]{2}|[a-z]{2}|io|me)$'
    or domain = any ('{gmail.com,googlemail.com,icloud.com,me.com,mac.com,protonmail.com,protonmail.ch,pm.me,web.de,t-online.de,posteo.de,
      mailbox.org,vodafone.de,1und1.de,bluewin.ch,hispeed.ch,sunrise.ch,chello.at,aon.at,free.fr,orange.fr,wanadoo.fr,laposte.net,sfr.fr,
      neuf.fr,libero.it,virgilio.it,tiscali.it,alice.it,tin.it,telefonica.net,terra.es,ziggo.nl,kpnmail.nl,planet.nl,hetnet.nl,
      telenet.be,skynet.be,telia.com,seznam.cz,centrum.cz,wp.pl,o2.pl,onet.pl,interia.pl,op.pl,mail.ru,bk.ru,list.ru,inbox.ru,rambler.ru,ya.ru,
      ukr.net,i.ua,abv.bg,btinternet.com,sky.com,virginmedia.com,ntlworld.com,talktalk.net,blueyonder.co.uk,comcast.net,verizon.net,
      att.net,sbcglobal.net,bellsouth.net,cox.net,charter.net,earthlink.net,juno.com,optonline.net,shaw.ca,rogers.com,sympatico.ca,telus.net,
      bigpond.com,optusnet.com.au,xtra.co.nz,uol.com.br,bol.com.br,terra.com.br,ig.com.br,globo.com,prodigy.net.mx,rediffmail.com,
      qq.com,163.com,126.com,yeah.net,sina.com,sina.cn,sohu.com,foxmail.com,aliyun.com,naver.com,daum.net,hanmail.net,nate.com,
      docomo.ne.jp,ezweb.ne.jp,softbank.ne.jp,nifty.com,fastmail.com,fastmail.fm,hey.com,duck.com,hushmail.com,mailinator.com,
      guerrillamail.com,10minutemail.com,yopmail.com,temp-mail.org,trashmail.com}'::text[])
$$;

-- An amount and its currency are there together or not at all, finite, not negative, and no finer than the currency's coins.
create or replace function private.is_amount(amount numeric, currency text) returns boolean
language sql
immutable
set search_path = ''
as $$
  select case
    when amount is null or currency is null then amount is null and currency is null
    -- NaN is larger than every number.
    else amount >= 0 and amount < 1e15 and private.currency_exponent(currency) is not null
      and amount = round(amount, private.currency_exponent(currency))
  end
$$;

-- They only look at what they are given, and checks run them as whoever writes. anon is deliberately absent.
grant execute on function
  private.currency_exponent(text), private.is_line(text, integer), private.is_prose(text, integer), private.is_web_address(text),
  private.is_mail_address(text), private.is_phone_number(text), private.web_domain(text), private.is_free_mail(text),
  private.is_amount(numeric, text)
to authenticated;
