-- One user's log, opened for one function. Every key of a user has the same hash tag, so whatever happens here is atomic.
-- Beside the header that library.ts writes: the flags, STEP, and NAME, with which every function's name begins.

-- The life of these data: this server process, and since when it is nobody's replica. Either begins with a library that is loaded
-- anew, for a server that takes all data of another takes its functions, too; so this is asked once.
local run
local function currentRun()
  if run == nil then
    local process = redis.call('INFO', 'server'):match('run_id:(%w+)')
    local history = redis.call('INFO', 'replication'):match('master_replid:(%w+)')
    run = process .. ':' .. history
  end
  return run
end

-- The user as stored; or nothing, and why: there is none, or another server process wrote it last, and this one may lack the end of
-- what that one wrote. Then a seq could be given a second time, and the log needs a new epoch first (P29).
local function settled(base)
  local u = redis.call('HMGET', base .. ':user', 'epoch', 'run', 'head', 'acked', 'unseen', 'unread', 'floor')
  if not u[1] then return nil, 'unborn' end
  if u[2] ~= currentRun() then return nil, 'unsettled' end
  return {
    base = base, epoch = u[1], head = tonumber(u[3]), acked = tonumber(u[4]),
    unseen = tonumber(u[5]), unread = tonumber(u[6]), floor = tonumber(u[7]),
  }
end

local function save(book)
  -- Also where nothing changed: WAIT is about the last write of its connection, so whoever waits has to have written.
  redis.call('HSET', book.base .. ':user', 'head', book.head, 'acked', book.acked,
    'unseen', book.unseen, 'unread', book.unread, 'floor', book.floor)
end

-- Adds one entry to the end; `flags`: what is to be said of it from the beginning.
local function grow(book, flags, body)
  book.head = book.head + 1
  local raw = flags .. ' ' .. body
  redis.call('HSET', book.base .. ':log', book.head, raw)
  book.grown[#book.grown + 1] = book.head
  book.grown[#book.grown + 1] = raw
  return book.head
end

local function growEntry(book, entry)
  entry.at = book.at
  return grow(book, 0, cjson.encode(entry))
end

local function rowFrom(seq, raw)
  local space = raw:find(' ', 1, true)
  return { seq = tonumber(seq), flags = tonumber(raw:sub(1, space - 1)), body = raw:sub(space + 1) }
end

local function rowAt(book, seq)
  local raw = seq and redis.call('HGET', book.base .. ':log', seq)
  return raw and rowFrom(seq, raw) or nil
end

-- What stands in a row beside its flags, decoded once.
local function entryOf(row)
  if row.entry == nil then row.entry = cjson.decode(row.body) end
  return row.entry
end

-- Writes a row back. `isRewritten`: its entry has changed, not only its flags.
local function write(book, row, isRewritten)
  if isRewritten then row.body = cjson.encode(row.entry) end
  redis.call('HSET', book.base .. ':log', row.seq, row.flags .. ' ' .. row.body)
end

local function has(flags, some)
  return bit.band(flags, some) ~= 0
end

-- Keep in step with countsOf of flags.ts: what one with these flags adds to the counts (P25).
local function count(book, flags, sign)
  if has(flags, UNCOUNTED) then return end
  if not has(flags, SEEN) then book.unseen = book.unseen + sign end
  if not has(flags, READ) then book.unread = book.unread + sign end
end

-- Gives a notification other flags, and the counts what follows.
local function setFlags(book, row, flags)
  count(book, row.flags, -1)
  count(book, flags, 1)
  if has(flags, GONE) then
    redis.call('ZREM', book.base .. ':notifications', row.seq)
    redis.call('ZREM', book.base .. ':archived', row.seq)
  elseif has(flags, ARCHIVED) ~= has(row.flags, ARCHIVED) then
    if has(flags, ARCHIVED) then redis.call('ZADD', book.base .. ':archived', row.seq, row.seq)
    else redis.call('ZREM', book.base .. ':archived', row.seq) end
  end
  row.flags = flags
end

-- By which name a recipient's log finds a notification. No id has a colon.
local function nameOf(from, id)
  return id .. ':' .. from
end

local function rest(args, first)
  local out = {}
  for n = first, #args do out[#out + 1] = args[n] end
  return out
end
