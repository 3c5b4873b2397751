/* govsite search. Made from theme/search/*.js by dev/make_search_script.py; change those. */
(function(root){
"use strict";
const search=(root.GovsiteSearch=root.GovsiteSearch||{});
const DROPPED=new RegExp(
"[\\u0000-\\u002f\\u003a-\\u0060\\u007b-\\u00a9\\u00ab-\\u00b4\\u00b6-\\u00b9\\u00bb-\\u00bf\\u00d7\\u00f7"+
"\\u02b0-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u2000-\\u2bff\\u2e00-\\u2e7f\\u2fe0-\\u3004\\u3008-\\u3020"+
"\\u302a-\\u3030\\u303d-\\u303f\\u3099-\\u309c\\u30a0\\u30fb\\u4dc0-\\u4dff\\ud800-\\uf8ff\\ufe00-\\ufe2f"+
"\\ufeff\\ufff0-\\uffff\\u{1f000}-\\u{1fbff}\\u{e0000}-\\u{10ffff}]",
"u"
);
const TONED="āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ";
const BRACKETED_PINYIN=new RegExp(
"[(（][a-zɡü"+TONED+"' ]{0,12}["+TONED+"][a-zɡü"+TONED+"' ]{0,12}[)）]",
"g"
);
const LINE_ENDS="\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029";
const DOC_NUMBER=/\s*([〔［[【(（﹝〈])\s*(\d{4}|[０-９]{4})\s*([〕］\]】)）﹞〉])\s*([\d０-９]+)\s*([号號])/g;
const QUERY_PART=/([-－−])?(?:[\x22“”＂「]([^\x22“”＂」]*)[\x22“”＂」]?|([^\s\x22“”＂「]+))/g;
const LONGEST_QUERY=200;
const simplified=new Map();
let folds=[];
function useSimplified(table){
const chars=Array.from(table);
const half=chars.length / 2;
for(let at=0;at<half;at++)simplified.set(chars[at],chars[half+at]);
folds=[];
}
function foldChar(char){
const code=char.codePointAt(0);
let folded=folds[code];
if(folded===undefined){
folded="";
if(LINE_ENDS.indexOf(char)>=0)folded="\n";
else
for(const part of char.normalize("NFKD").toLowerCase())
if(!DROPPED.test(part))folded+=simplified.get(part)||part;
folds[code]=folded;
}
return folded;
}
function fold(text){
let out="";
for(const char of text.replace(BRACKETED_PINYIN,""))out+=foldChar(char);
return out;
}
function foldWithPlaces(text){
const spans=[];
text.replace(BRACKETED_PINYIN,(found,place)=>spans.push([place,place+found.length])&&found);
const at=[];
let out="";
let place=0;
for(const char of text){
while(spans.length&&place>=spans[0][1])spans.shift();
if(!spans.length||place<spans[0][0]){
const folded=foldChar(char);
for(let unit=0;unit<folded.length;unit++)at.push(place);
out+=folded;
}
place+=char.length;
}
at.push(place);
return{text:out,at:at};
}
function compare(a,b){
const rank=(unit)=>(unit<0xd800?unit:unit<0xe000?unit+0x2000:unit - 0x800);
const length=Math.min(a.length,b.length);
for(let at=0;at<length;at++)
if(a.charCodeAt(at)!==b.charCodeAt(at))return rank(a.charCodeAt(at))- rank(b.charCodeAt(at));
return a.length - b.length;
}
function parseQuery(query){
const parsed={words:[],excluded:[],tooLong:Array.from(query).length>LONGEST_QUERY};
if(parsed.tooLong)return parsed;
const joined=query.replace(DOC_NUMBER,"$1$2$3$4$5");
const seen=new Set();
let match;
QUERY_PART.lastIndex=0;
while((match=QUERY_PART.exec(joined))){
const raw=match[2]===undefined?match[3]:match[2];
const text=fold(raw).replace(/\n/g,"");
const excludes=match[1]!==undefined;
if(!text||seen.has(excludes+text))continue;
seen.add(excludes+text);
(excludes?parsed.excluded:parsed.words).push({text:text,raw:raw});
}
return parsed;
}
function expandSynonyms(word,groups){
const found=[word];
for(const group of groups){
const inside=group.filter((one)=>word.indexOf(one)>=0).sort((a,b)=>b.length - a.length)[0];
if(inside===undefined)continue;
for(const other of group){
const swapped=word.replace(inside,()=>other);
if(found.indexOf(swapped)<0)found.push(swapped);
}
}
return found;
}
function parsePinyin(word,syllables){
if(!/^[a-z]{2,24}$/.test(word))return [];
const whole=new Set(syllables);
const initials=new Set(["zh","ch","sh"].concat(syllables.map((one)=>one[0])));
const begins=(part)=>syllables.some((one)=>one.length>part.length&&one.startsWith(part));
const memo=new Map();
const read=(at)=>{
if(at===word.length)return [[0]];
if(memo.has(at))return memo.get(at);
let ways=[];
for(let end=at+1;end<=Math.min(word.length,at+6);end++){
const part=word.slice(at,end);
const cost=whole.has(part)?1:initials.has(part)||(end===word.length&&begins(part))?3:0;
if(cost)for(const rest of read(end))ways.push([rest[0]+cost,part].concat(rest.slice(1)));
}
ways.sort((a,b)=>a[0] - b[0]||(a.slice(1).join(" ")<b.slice(1).join(" ")?-1:1));
ways=ways.filter((way)=>way[0]<=ways[0][0]+1).slice(0,4);
memo.set(at,ways);
return ways;
};
const ways=read(0).map((way)=>way.slice(1));
const letters=word.split("");
const partial=ways.some((way)=>way.some((part)=>!whole.has(part)));
const known=ways.some((way)=>way.length===letters.length);
if((partial||!ways.length)&&!known&&letters.every((one)=>initials.has(one)))ways.push(letters);
return ways;
}
function findUnits(units,read,whole){
const fits=(unit,syllable)=>(whole.has(unit)?unit===syllable:syllable.startsWith(unit));
for(let at=0;at+units.length<=read.length;at++)
if(units.every((unit,offset)=>read[at+offset]&&fits(unit,read[at+offset])))return at;
return -1;
}
Object.assign(search,{
compare:compare,
expandSynonyms:expandSynonyms,
findUnits:findUnits,
fold:fold,
foldWithPlaces:foldWithPlaces,
parsePinyin:parsePinyin,
parseQuery:parseQuery,
useSimplified:useSimplified,
});
})(window);
(function(root){
"use strict";
const search=(root.GovsiteSearch=root.GovsiteSearch||{});
const FORMAT_VERSION=2;
const ALPHABET=Array.from({length:95},(_,at)=>String.fromCharCode(32+at))
.filter((char)=>"\x22\\<".indexOf(char)<0)
.join("");
const BASE=ALPHABET.length;
const STOPPERS=60;
const ESCAPE_ONES=16;
const ESCAPE_BITS=22;
const KEPT_PARTS=300;
const CARD_BLOCK=2048;
const DIGITS=new Uint8Array(128);
Array.from(ALPHABET).forEach((char,at)=>(DIGITS[char.charCodeAt(0)]=at));
const waiting={};
root.govsiteSearch=function(version,name,payload){
if(waiting[name])waiting[name](version,payload);
};
class PartError extends Error{
constructor(reason,name){
super(reason+" "+name);
this.reason=reason;
this.part=name;
}
}
function injectPart(base,name){
return new Promise((resolve,reject)=>{
const script=document.createElement("script");
const done=(reason,payload)=>{
delete waiting[name];
script.remove();
if(reason)reject(new PartError(reason,name));
else resolve(payload);
};
waiting[name]=(version,payload)=>done(version===FORMAT_VERSION?"":"version",payload);
script.onload=()=>waiting[name]&&done("broken");
script.onerror=()=>done("missing");
script.src=base+name+".js";
document.head.appendChild(script);
});
}
function readNumbers(text){
const numbers=[];
let rest=0;
for(let at=0;at<text.length;at++){
const digit=DIGITS[text.charCodeAt(at)];
if(digit<STOPPERS){
numbers.push(rest*STOPPERS+digit);
rest=0;
}else rest=rest*(BASE - STOPPERS)+digit - STOPPERS+1;
}
return numbers;
}
class BitReader{
constructor(text){
this.text=text;
this.place=0;
this.held=0;
this.count=0;
}
fill(){
const left=this.text.length - this.place;
if(left<1)throw new PartError("broken","list");
const high=DIGITS[this.text.charCodeAt(this.place)];
const pair=left>1;
this.held=pair?high*BASE+DIGITS[this.text.charCodeAt(this.place+1)]:high;
this.count=pair?13:6;
this.place+=2;
}
bit(){
if(!this.count)this.fill();
return(this.held>>--this.count)&1;
}
bits(width){
let value=0;
while(width>0){
if(!this.count)this.fill();
const taken=Math.min(width,this.count);
this.count -=taken;
value=value*(1<<taken)+((this.held>>this.count)&((1<<taken)- 1));
width -=taken;
}
return value;
}
}
function readList(text,scale,border){
if(!text)return{slots:new Int32Array(0),classes:new Uint8Array(0)};
const reader=new BitReader(text);
let zeros=0;
while(!reader.bit())zeros++;
const count=(1<<zeros)+reader.bits(zeros);
const limit=Math.floor(Math.floor((scale*11)/ 16)/ count);
const width=limit?31 - Math.clz32(limit):0;
const list={slots:new Int32Array(count),classes:new Uint8Array(count)};
let slot=(border||0)- 1;
for(let at=0;at<count;at++){
let run=0;
while(run<ESCAPE_ONES&&reader.bit())run++;
slot+=1+(run===ESCAPE_ONES?reader.bits(ESCAPE_BITS):run*(1<<width)+reader.bits(width));
list.slots[at]=slot;
list.classes[at]=!reader.bit()?0:!reader.bit()?3:reader.bit()?2:1;
}
return list;
}
const nameGram=(gram)=>Array.from(gram,(char)=>char.codePointAt(0).toString(16)).join("-");
const readSymbols=(written)=>
written.replace(/[\u0300-\u034f]/g,(char)=>String.fromCharCode(char.charCodeAt(0)- 0x2d0));
function readGrams(payload){
const grams=new Map();
const entry=/(?:<([^ -~]))?([^ -~]*)([ -;=-~]+)/gu;
let head="";
let match;
while((match=entry.exec(payload))){
if(match[1])head=readSymbols(match[1]);
grams.set(head+readSymbols(match[2]),match[3]);
}
return grams;
}
function joinLists(a,b){
if(!a.slots.length)return b;
if(!b.slots.length)return a;
const length=a.slots.length+b.slots.length;
const list={slots:new Int32Array(length),classes:new Uint8Array(length)};
list.slots.set(a.slots);
list.slots.set(b.slots,a.slots.length);
list.classes.set(a.classes);
list.classes.set(b.classes,a.slots.length);
return list;
}
function findPlace(firsts,gram){
let low=-1;
for(let high=firsts.length;high - low>1;){
const middle=(low+high)>>1;
if(search.compare(firsts[middle],gram)<=0)low=middle;
else high=middle;
}
return low;
}
function findRange(firsts,low,high){
return firsts.slice(Math.max(0,findPlace(firsts,low)),findPlace(firsts,high)+1);
}
class Index{
constructor(base,load){
this.fetchPart=load||((name)=>injectPart(base,name));
this.parts=new Map();
}
part(name,read){
let held=this.parts.get(name);
if(!held){
held=this.fetchPart(name).then((payload)=>(read?read(payload):payload));
held.catch(()=>this.parts.delete(name));
}else this.parts.delete(name);
this.parts.set(name,held);
if(this.parts.size>KEPT_PARTS)this.parts.delete(this.parts.keys().next().value);
return held;
}
open(){
if(!this.opening){
this.opening=this.fetchPart("manifest").then((manifest)=>{
this.manifest=manifest;
this.pages=manifest.pages?manifest.pages.split(" "):[];
const newest=manifest.newest;
this.newest=newest[2]?newest[2].split(" "):[];
this.readMain=(written)=>readList(written,manifest.scale);
this.readNew=(written)=>readList(written,newest[1],newest[0]);
this.common=new Set(manifest.common?manifest.common.split(" "):[]);
this.withdrawn=this.flags(manifest.withdrawn);
this.answers=this.flags(manifest.answers);
return this;
});
this.opening.catch(()=>(this.opening=null));
}
return this.opening;
}
flags(written){
const flags=new Uint8Array(this.manifest.scale);
for(const slot of readList(written,this.manifest.scale).slots)flags[slot]=1;
return flags;
}
page(first){
return this.part("d/"+nameGram(first),(payload)=>payload.split(" "));
}
async partsOf(low,high){
const found=findRange(this.newest,low,high).map((first)=>["n",first]);
const pages=await Promise.all(findRange(this.pages,low,high).map((page)=>this.page(page)));
for(const firsts of pages)for(const first of findRange(firsts,low,high))found.push(["g",first]);
return found;
}
grams(part){
return this.part(part[0]+"/"+nameGram(part[1]),readGrams);
}
async list(gram){
const parts=await this.partsOf(gram,gram);
const maps=await Promise.all(parts.map((part)=>this.grams(part)));
const lists=maps.map((map,at)=>(parts[at][0]==="g"?this.readMain:this.readNew)(map.get(gram)));
return lists.reduceRight(joinLists,readList(""));
}
async listsOf(char){
const best=new Int8Array(this.manifest.scale).fill(-1);
const parts=await this.partsOf(char,char+"\u{10ffff}");
const maps=await Promise.all(parts.map((part)=>this.grams(part)));
let count=0;
maps.forEach((map,at)=>{
for(const [gram,written] of map){
if(!gram.startsWith(char))continue;
const list=(parts[at][0]==="g"?this.readMain:this.readNew)(written);
for(let one=0;one<list.slots.length;one++){
const slot=list.slots[one];
if(best[slot]<0)count++;
if(best[slot]<list.classes[one])best[slot]=list.classes[one];
}
}
});
const list={slots:new Int32Array(count),classes:new Uint8Array(count)};
for(let slot=best.length;slot-->0;)
if(best[slot]>=0){
list.slots[--count]=slot;
list.classes[count]=best[slot];
}
return list;
}
async text(slot){
const number=slot>>1;
const payload=await this.part("t/"+(number>>8)+"/"+(number&255));
return payload[payload.indexOf(slot)+1];
}
piece(slot,number){
return this.part("x/"+slot+"-"+number);
}
async cards(facet,slots){
const facets=["kind","column","topic","validity","domain"];
const codes=new Uint16Array(this.manifest.scale).fill(65535);
const blocks=Array.from(new Set(Array.from(slots,(slot)=>Math.floor(slot / CARD_BLOCK))));
await Promise.all(
blocks.map(async(block)=>{
const card=await this.part("c/"+block);
const written=facet==="issuer"?await this.part("i/"+block):card[1+facets.indexOf(facet)];
const gaps=readNumbers(card[0]);
const width=Math.round(written.length / gaps.length);
let slot=block*CARD_BLOCK - 1;
gaps.forEach((gap,at)=>{
slot+=gap+1;
codes[slot]=0;
for(let digit=0;digit<width;digit++)
codes[slot]=codes[slot]*BASE+DIGITS[written.charCodeAt(at*width+digit)];
});
})
);
return codes;
}
async values(facet){
if(facet!=="issuer")return this.manifest.facets[facet];
return(await this.part("i/values")).map((issuer)=>[issuer,issuer]);
}
}
Object.assign(search,{Index:Index,PartError:PartError,readGrams:readGrams,readList:readList});
})(window);
(function(root){
"use strict";
const search=(root.GovsiteSearch=root.GovsiteSearch||{});
const WHOLE_START="\ue7fe";
const WHOLE_END="\ue7ff";
const FIRST_SYLLABLE=0xe000;
const BATCH=10;
const MOST_TEXTS=500;
const SLOT_SPAN=0x400000;
const FIELDS="key url title docNo indexNo kind column topic domain issuer published validity inForce keywords summary"
.split(" ")
.concat("elements text attachments interpretations traditional rare pieces".split(" "));
const FACETS=["kind","column","year","issuer","topic","validity","domain"];
const EXACT=6;
const BEGINS=5;
const TITLE=4;
const KEYWORD=3;
const SEVERAL=1;
function planGrams(chars,isCommon){
const pair=(at)=>chars[at]+chars[at+1];
const ends=[];
for(let at=0;at+1<chars.length;at++)
ends.push(at+2<chars.length&&isCommon(pair(at))&&isCommon(pair(at+1))?at+3:at+2);
const plan={cover:[],rest:[]};
let last=0;
for(let covered=0;covered<chars.length;covered=last){
let best=0;
for(let at=0;at<ends.length&&at<=covered;at++)if(ends[at]>=ends[best])best=at;
if(best===covered&&covered){
const joint=ends[covered - 1]>covered+1||covered<2||ends[covered - 2]<=covered?covered - 1:covered - 2;
plan.rest.push(chars.slice(joint,ends[joint]).join(""));
}
last=ends[best];
plan.cover.push(chars.slice(best,last).join(""));
}
return plan;
}
function intersect(a,b){
const slots=[];
const classes=[];
for(let x=0,y=0;x<a.slots.length&&y<b.slots.length;){
if(a.slots[x]===b.slots[y]){
slots.push(a.slots[x]);
classes.push(Math.min(a.classes[x++],b.classes[y++]));
}else if(a.slots[x]<b.slots[y])x++;
else y++;
}
return{slots:Int32Array.from(slots),classes:Uint8Array.from(classes)};
}
function unite(lists){
if(lists.length===1)return lists[0];
const best=new Map();
for(const list of lists)
list.slots.forEach((slot,at)=>best.set(slot,Math.max(best.get(slot)||0,list.classes[at])));
const slots=Int32Array.from(best.keys()).sort();
return{slots:slots,classes:Uint8Array.from(slots,(slot)=>best.get(slot))};
}
function toFlags(list,size){
const flags=new Uint8Array(size);
for(const slot of list.slots)flags[slot]=1;
return flags;
}
function subtract(list,flags){
const kept=Int32Array.from(list.slots.keys()).filter((at)=>!flags[list.slots[at]]);
return{slots:kept.map((at)=>list.slots[at]),classes:Uint8Array.from(kept,(at)=>list.classes[at])};
}
function countHits(line,word){
let hits=0;
for(let at=line.indexOf(word);at>=0;at=line.indexOf(word,at+1))hits++;
return hits;
}
class Engine{
constructor(base,load){
this.index=new search.Index(base,load);
this.knowsTraditional=false;
}
async loadTraditional(){
if(!this.knowsTraditional)search.useSimplified((await this.index.part("simplified")).join(""));
this.knowsTraditional=true;
}
async loadPinyin(){
if(this.syllables)return;
const part=await this.index.part("pinyin");
this.syllables=part[0].split(" ");
this.whole=new Map(this.syllables.map((one,at)=>[one,String.fromCharCode(FIRST_SYLLABLE+at)]));
this.usual=new Map();
for(const group of part[1]?part[1].split(" "):[]){
const syllable=/^[a-z]*/.exec(group)[0];
for(const char of group.slice(syllable.length))this.usual.set(char,syllable);
}
}
async understand(query){
const parsed=search.parseQuery(query);
const groups=this.index.manifest.synonyms;
for(const word of parsed.words){
word.ways=search.expandSynonyms(word.text,groups).map((text)=>({text:text}));
if(!/^[a-z]{2,24}$/.test(word.text))continue;
await this.loadPinyin();
for(const units of search.parsePinyin(word.text,this.syllables))word.ways.push({units:units});
}
return parsed;
}
async findText(text){
const chars=Array.from(text);
if(chars.length===1){
const whole=this.index.manifest.everywhere.indexOf(text)>=0;
return{list:await(whole?this.index.list(text):this.index.listsOf(text)),certain:true};
}
const plan=planGrams(chars,(pair)=>this.index.common.has(pair));
let list=await this.findAll(plan.cover);
if(list.slots.length>BATCH&&plan.rest.length)list=intersect(list,await this.findAll(plan.rest));
return{list:list,certain:plan.cover.length===1};
}
async findAll(grams){
const lists=await Promise.all(grams.map((gram)=>this.index.list(gram)));
return lists.sort((a,b)=>a.slots.length - b.slots.length).reduce(intersect);
}
async findWay(way,alone){
const found=await(way.text?this.findText(way.text):this.findUnits(way.units));
const good=found.list.classes.reduce((sum,one)=>sum+(one>1),0);
let bound=(one)=>(one===3?TITLE:one===2?KEYWORD:one);
if(alone&&way.text&&good>BATCH)bound=await this.boundByMarks(Array.from(way.text));
else if(alone&&way.text)bound=(one)=>(one>1?EXACT:one);
const tiers=found.list.classes.map((one,at)=>bound(one,found.list.slots[at]));
return{list:{slots:found.list.slots,classes:tiers},certain:found.certain};
}
async boundByMarks(chars){
const marked=[WHOLE_START+chars[0],chars[chars.length - 1]+WHOLE_END].map((gram)=>this.index.list(gram));
const lists=await Promise.all(marked);
const begins=toFlags(lists[0],this.index.manifest.scale);
const ends=toFlags(lists[1],this.index.manifest.scale);
return(one,slot)=>{
if(one<2)return one;
if(begins[slot]&&ends[slot])return EXACT;
return one===2?KEYWORD:begins[slot]?BEGINS:TITLE;
};
}
async findUnits(units){
const marks=units.map((unit)=>this.whole.get(unit)||"");
const texts=marks.map((mark)=>mark||" ").join("").split(" ").filter((one)=>one.length>1);
if(units.length===1&&marks[0])texts.push(marks[0]);
else if(marks.indexOf("")>=0)texts.push(units.map((unit)=>unit[0].toUpperCase()).join(""));
const found=await Promise.all(texts.map((text)=>this.findText(text)));
return{list:found.map((one)=>one.list).reduce(intersect),certain:false};
}
async findCandidates(parsed){
const alone=parsed.words.length===1;
const found=await Promise.all(
parsed.words.map(async(word)=>{
const ways=await Promise.all(word.ways.map((way)=>this.findWay(way,alone)));
return{list:unite(ways.map((way)=>way.list)),certain:ways.every((way)=>way.certain)};
})
);
let list=found.map((one)=>one.list).reduce(intersect);
let certain=found.every((one)=>one.certain);
for(const word of parsed.excluded){
const away=await this.findText(word.text);
certain=certain&&away.certain;
if(away.certain)list=subtract(list,toFlags(away.list,this.index.manifest.scale));
}
return{list:list,certain:certain};
}
async boundAdjacent(parsed){
const words=parsed.words.map((word)=>Array.from(word.text));
const grams=words.slice(1).map((word,at)=>words[at][words[at].length - 1]+word[0]);
if(!grams.length)return null;
const lists=await Promise.all(grams.map((gram)=>this.index.list(gram)));
return toFlags(lists.reduce(intersect),this.index.manifest.scale);
}
async ask(query,options){
const chosen=Object.assign({sort:"relevance",filters:{}},options);
await this.index.open();
let parsed=await this.understand(query);
if(parsed.tooLong||!parsed.words.length||!this.index.pages.length)return new Answer(this,parsed,null,chosen);
let found=await this.findCandidates(parsed);
if(!this.knowsTraditional&&(!found.list.slots.length||parsed.excluded.length)&&/[^\0-\u2fff]/.test(query)){
await this.loadTraditional();
const again=await this.understand(query);
if(JSON.stringify(again)!==JSON.stringify(parsed))found=await this.findCandidates((parsed=again));
}
const answer=new Answer(this,parsed,found,chosen);
await answer.prepare();
return answer;
}
}
class Answer{
constructor(engine,parsed,found,chosen){
this.engine=engine;
this.index=engine.index;
this.parsed=parsed;
this.chosen=chosen;
this.empty=!found;
this.certain=!found||found.certain;
this.all=found?found.list:{slots:new Int32Array(0),classes:new Uint8Array(0)};
this.hits=[];
this.proved=new Map();
this.texts=0;
this.left=0;
this.failures=[];
}
async prepare(){
const relevance=this.chosen.sort!=="date";
const adjacent=relevance?await this.engine.boundAdjacent(this.parsed):null;
const passes=await this.passFilters(FACETS);
const queue=[];
this.all.slots.forEach((slot,at)=>{
const key=()=>this.key(slot,this.all.classes[at],adjacent&&adjacent[slot]);
if(passes(slot))queue.push(relevance?key():slot);
});
this.queue=Float64Array.from(queue).sort();
this.left=this.queue.length;
}
key(slot,tier,adjacent){
const answers=this.index.answers[slot]&&tier>=KEYWORD?1:0;
const inForce=this.index.withdrawn[slot]?0:1;
return(((answers*8+tier)*2+(adjacent?1:0))*2+inForce)*SLOT_SPAN+slot;
}
get total(){
return this.hits.length+this.left;
}
get isExact(){
return this.left===0||(this.certain&&this.failures.length===0);
}
year(slot){
const years=this.index.manifest.years;
let at=years.length - 1;
while(at>0&&years[at][1]>slot)at--;
return years.length?years[at][0]:0;
}
async passFilters(facets){
const wanted=facets.filter((facet)=>this.chosen.filters[facet]!==undefined);
const tests=await Promise.all(
wanted.map(async(facet)=>{
const value=String(this.chosen.filters[facet]);
if(facet==="year")return(slot)=>String(this.year(slot))===value;
const code=(await this.index.values(facet)).findIndex((one)=>one[0]===value);
const codes=await this.index.cards(facet,this.all.slots);
return(slot)=>codes[slot]===code;
})
);
return(slot)=>tests.every((test)=>test(slot));
}
async countFacets(){
const counted={};
const slots=this.all.slots.filter((slot)=>this.proved.get(slot)!==null);
for(const facet of FACETS){
const passes=await this.passFilters(FACETS.filter((other)=>other!==facet));
const counts=new Map();
if(facet==="year"){
for(const slot of slots)
if(passes(slot))counts.set(this.year(slot),(counts.get(this.year(slot))||0)+1);
counted.year=Array.from(counts,(one)=>({id:String(one[0]),name:String(one[0]),count:one[1]}))
.filter((one)=>one.id!=="0")
.sort((a,b)=>b.id - a.id);
continue;
}
const values=await this.index.values(facet);
const codes=values.length>1?await this.index.cards(facet,this.all.slots):[];
for(const slot of values.length>1?slots:[])
if(passes(slot))counts.set(codes[slot],(counts.get(codes[slot])||0)+1);
counted[facet]=Array.from(counts,(one)=>({id:values[one[0]][0],name:values[one[0]][1],count:one[1]}))
.filter((one)=>one.id)
.sort((a,b)=>b.count - a.count||search.compare(a.id,b.id));
}
return counted;
}
async page(from,count){
const most=this.texts+MOST_TEXTS;
while(this.hits.length<from+count&&this.left>0&&this.texts<most){
const size=Math.min(this.left,BATCH);
const batch=Array.from(this.queue.slice(this.left - size,this.left)).reverse();
await this.prove(batch.map((key)=>key % SLOT_SPAN));
}
return this.hits.slice(from,from+count);
}
async prove(slots){
await Promise.all(slots.filter((slot)=>!this.proved.has(slot)).map((slot)=>this.proveOne(slot)));
this.left -=slots.length;
const hits=slots.map((slot)=>this.proved.get(slot)).filter((hit)=>hit);
hits.sort((a,b)=>b.key - a.key);
const bound=this.left?this.queue[this.left - 1]:-1;
const back=hits.filter((hit)=>hit.key<bound);
for(const hit of hits)if(hit.key>=bound)this.hits.push(hit.document);
if(!back.length)return;
this.queue=Float64Array.from(Array.from(this.queue.slice(0,this.left)).concat(back.map((hit)=>hit.key))).sort();
this.left=this.queue.length;
}
async proveOne(slot){
this.texts++;
const document=await this.read(slot);
const judged=document&&this.judge(document);
if(judged&&this.chosen.sort==="date")judged.key=slot;
if(!document)this.failures.push(slot);
this.proved.set(slot,judged&&{key:judged.key,document:document});
}
async read(slot){
try{
const entry=await this.index.text(slot);
if(entry[19]===1)await this.engine.loadTraditional();
else if(entry[19])search.useSimplified(entry[19]);
const document={slot:slot};
FIELDS.forEach((name,at)=>(document[name]=entry[at]));
if(typeof document.key==="number")document.key=document.url.slice(0,document.key);
await this.foldDocument(document);
return document;
}catch(error){
if(!(error instanceof search.PartError))throw error;
this.failure=error;
return null;
}
}
async foldDocument(document){
const facets=this.index.manifest.facets;
const name=(facet)=>(facets[facet].find((one)=>one[0]===document[facet])||["",""])[1];
const lines=[document.summary,document.issuer,name("column"),name("topic"),name("domain")];
const places=lines.concat(document.elements,document.text.split("\n")).map((line)=>({line:line}));
document.attachments.forEach((file)=>
[file[0]].concat(file[2].split("\n")).forEach((line)=>places.push({line:line,file:file}))
);
for(let number=0;number<document.pieces;number++)
for(const piece of await this.index.piece(document.slot,number))
for(const line of piece[1].split("\n"))places.push({line:line,file:document.attachments[piece[0]]});
const foldLine=(line)=>search.fold(line).replace(/\n/g,"");
document.places=places;
document.folded={
title:foldLine(document.title),
numbers:[document.docNo,document.indexNo].map(foldLine),
keywords:document.keywords.map(foldLine),
column:foldLine(name("column")),
body:places.map((place)=>search.fold(place.line)),
};
}
judge(document){
const folded=document.folded;
const lines=[folded.title].concat(folded.numbers,folded.keywords,folded.body);
if(this.parsed.excluded.some((word)=>lines.some((line)=>line.indexOf(word.text)>=0)))return null;
let tier=this.parsed.words.length>1?TITLE:EXACT;
for(const word of this.parsed.words){
const best=Math.max.apply(null,word.ways.map((way)=>this.judgeWay(document,way)));
if(best<0)return null;
tier=Math.min(tier,best);
}
const texts=this.parsed.words.map((word)=>word.text);
const together=texts.slice(1).every((word,at)=>lines.some((line)=>line.indexOf(texts[at]+word)>=0));
return{key:this.key(document.slot,tier,texts.length>1&&together)};
}
judgeWay(document,way){
const folded=document.folded;
if(way.units)return this.judgeUnits(document,way.units);
const word=way.text;
if(folded.title===word||folded.numbers.indexOf(word)>=0)return EXACT;
const place=folded.title.indexOf(word);
if(place>=0)return place?TITLE:BEGINS;
if(folded.numbers.concat(folded.keywords).some((line)=>line.indexOf(word)>=0))return KEYWORD;
const hits=folded.body.reduce((sum,line)=>sum+countHits(line,word),0);
return hits>1?SEVERAL:hits - 1;
}
judgeUnits(document,units){
const folded=document.folded;
const lines=[folded.title].concat(folded.keywords,folded.column);
const read=Array.from(lines.join("\n"),(char)=>this.engine.usual.get(char)||"");
for(const rare of document.rare?document.rare.split(" "):[])
read[parseInt(rare,10)]=rare.replace(/^\d+/,"");
const line=(from,to)=>search.findUnits(units,read.slice(from,to),this.engine.whole)>=0;
const title=Array.from(folded.title).length;
const keywords=Array.from(lines.slice(0,-1).join("\n")).length;
if(line(0,title))return TITLE;
if(line(title+1,keywords))return KEYWORD;
return line(keywords+1)?0:-1;
}
}
Object.assign(search,{Answer:Answer,Engine:Engine,FACETS:FACETS,planGrams:planGrams});
})(window);
(function(){
"use strict";
const PAGE=10;
const SNIPPET_BEFORE=24;
const SNIPPET=120;
const FIRST_VALUES=6;
const WIDE="(min-width: 60rem)";
const AUTOMATIC_FILTERS=20000;
const $=(id)=>document.getElementById(id);
const make=(tag,className,text)=>{
const element=document.createElement(tag);
if(className)element.className=className;
if(text)element.textContent=text;
return element;
};
function readAddress(){
const written=location.hash.indexOf("q=")===1?location.hash.slice(1):location.search;
const given=new URLSearchParams(written);
const state={query:given.get("q")||"",sort:given.get("sort")==="date"?"date":"relevance",filters:{}};
state.page=Math.max(1,parseInt(given.get("page"),10)||1);
for(const facet of window.GovsiteSearch.FACETS)if(given.get(facet)!==null)state.filters[facet]=given.get(facet);
return state;
}
function writeAddress(state){
const written=new URLSearchParams();
written.set("q",state.query);
if(state.sort==="date")written.set("sort","date");
for(const facet of Object.keys(state.filters))written.set(facet,state.filters[facet]);
if(state.page>1)written.set("page",state.page);
try{
history.pushState(null,"","?"+written);
}catch(refused){
location.hash=written;
}
}
function markInto(element,text,words){
const folded=window.GovsiteSearch.foldWithPlaces(text);
const marked=new Uint8Array(text.length);
for(const word of words)
for(let at=folded.text.indexOf(word);at>=0;at=folded.text.indexOf(word,at+1))
marked.fill(1,folded.at[at],folded.at[at+word.length - 1]+1);
for(let at=0;at<text.length;){
let end=at+1;
while(end<text.length&&(marked[end]===marked[at]||isTail(text,end)))end++;
const piece=text.slice(at,end);
element.appendChild(marked[at]?make("mark","",piece):document.createTextNode(piece));
at=end;
}
}
function isTail(text,at){
const unit=text.charCodeAt(at);
return unit>=0xdc00&&unit<0xe000;
}
function cutSnippet(hit,words){
const folded=hit.folded.body;
const at=folded.findIndex((line)=>words.some((word)=>line.indexOf(word)>=0));
const place=hit.places[at>=0?at:hit.places.findIndex((one)=>one.line===hit.text.split("\n")[0])];
if(!place)return{text:hit.summary};
const mapped=window.GovsiteSearch.foldWithPlaces(place.line);
const first=Math.min.apply(null,words.map((word)=>mapped.text.indexOf(word)).filter((one)=>one>=0).concat(1e9));
const from=first===1e9?0:Math.max(0,mapped.at[first] - SNIPPET_BEFORE);
const start=isTail(place.line,from)?from - 1:from;
const end=isTail(place.line,start+SNIPPET)?start+SNIPPET+1:start+SNIPPET;
const text=(start?"…":"")+place.line.slice(start,end)+(end<place.line.length?"…":"");
return{text:text,file:place.file};
}
class Page{
constructor(box){
this.box=box;
this.words=JSON.parse($("search-words").textContent);
this.root=box.dataset.root;
this.engine=new window.GovsiteSearch.Engine(box.dataset.index);
this.turn=0;
this.listen();
this.show(readAddress());
}
say(key,facts){
return this.words[key].replace(/\{(\w+)\}/g,(whole,name)=>(facts&&name in facts?facts[name]:whole));
}
listen(){
this.box.querySelector("form").addEventListener("submit",(event)=>{
event.preventDefault();
this.go({query:$("search-query").value,sort:this.state.sort,filters:{},page:1});
});
$("search-sort").addEventListener("change",(event)=>this.change({sort:event.target.value,page:1}));
$("search-clear").addEventListener("click",()=>this.change({filters:{},page:1}));
$("search-filters").addEventListener("toggle",()=>$("search-filters").open&&this.showFacets());
window.addEventListener("popstate",()=>this.show(readAddress()));
window.addEventListener("hashchange",()=>this.show(readAddress()));
document.addEventListener("keydown",(event)=>{
if(event.key!=="/"||/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName))return;
event.preventDefault();
$("search-query").focus();
});
}
change(some){
return this.go(Object.assign({},this.state,some));
}
go(state){
const shown=this.show(state);
writeAddress(state);
return shown;
}
async show(state){
const turn=++this.turn;
this.state=state;
$("search-query").value=state.query;
$("search-sort").value=state.sort;
$("search-problem").hidden=true;
if(!state.query.trim())return this.showNothing("");
$("search-status").textContent=this.say("loading");
this.box.setAttribute("aria-busy","true");
try{
const answer=await this.engine.ask(state.query,{sort:state.sort,filters:state.filters});
const hits=answer.empty?[]:await answer.page((state.page - 1)*PAGE,PAGE);
if(turn===this.turn)this.showAnswer(answer,hits);
}catch(error){
if(turn===this.turn)this.showProblem(error);
}
if(turn===this.turn)this.box.removeAttribute("aria-busy");
return undefined;
}
showNothing(text){
$("search-status").textContent=text;
$("search-found").hidden=true;
this.box.removeAttribute("aria-busy");
}
showProblem(error){
if(!(error instanceof window.GovsiteSearch.PartError))throw error;
this.showNothing("");
$("search-problem").textContent=this.say(error.reason,{part:error.part});
$("search-problem").hidden=false;
}
showAnswer(answer,hits){
this.answer=answer;
if(answer.parsed.tooLong)return this.showNothing(this.say("too_long"));
const filtered=Object.keys(this.state.filters).length>0;
if(!hits.length&&!filtered&&!answer.failures.length)
return this.showNothing(this.say("none",{query:this.state.query.trim()}));
const count=this.say(answer.isExact?"total":"about",{count:answer.total});
const page=this.state.page>1?" "+this.say("page",{page:this.state.page}):"";
$("search-status").textContent=hits.length?count+page:this.say("none_filtered");
$("search-found").hidden=false;
this.showFailures(answer);
this.showHits(hits);
this.showPages(answer);
const filters=$("search-filters");
const small=this.engine.index.manifest.documents<=AUTOMATIC_FILTERS;
if(filtered||(small&&window.matchMedia(WIDE).matches&&!this.touched))filters.open=this.touched=true;
$("search-clear").hidden=!filtered;
return filters.open?this.showFacets():undefined;
}
showFailures(answer){
if(!answer.failures.length)return;
const reason=this.say(answer.failure.reason,{part:answer.failure.part});
$("search-problem").textContent=this.say("skipped",{count:answer.failures.length,part:reason});
$("search-problem").hidden=false;
}
showHits(hits){
const words=[];
for(const word of this.answer.parsed.words)for(const way of word.ways)if(way.text)words.push(way.text);
const list=$("search-hits");
list.textContent="";
list.start=(this.state.page - 1)*PAGE+1;
for(const hit of hits)list.appendChild(this.drawHit(hit,words));
}
drawHit(hit,words){
const item=make("li","search-hit");
const head=make("h3","search-title");
if(hit.kind==="question")head.appendChild(make("span","search-answer",this.say("answers")));
const link=make("a");
link.href=this.root+hit.url;
markInto(link,hit.title,words);
head.appendChild(link);
for(const interpretation of hit.interpretations){
const behind=make("a","search-interpretation",this.say("interpretation"));
behind.href=this.root+interpretation[1];
behind.title=interpretation[0];
head.appendChild(behind);
}
item.appendChild(head);
const facts=make("p","search-facts");
const facets=this.engine.index.manifest.facets;
const name=(facet)=>(facets[facet].find((one)=>one[0]===hit[facet])||["",""])[1];
for(const fact of [hit.docNo,hit.issuer,name("column"),hit.published]){
if(!fact)continue;
const span=make("span");
markInto(span,fact,words);
facts.appendChild(span);
}
if(hit.validity)facts.appendChild(make("span",hit.inForce?"search-valid":"search-invalid",name("validity")));
item.appendChild(facts);
const snippet=cutSnippet(hit,words);
const text=make("p","search-snippet");
if(snippet.file){
const file=make("a","search-file",this.say("in_attachment")+" "+snippet.file[0]);
file.href=this.root+snippet.file[1];
text.appendChild(file);
}
markInto(text,snippet.text,words);
if(snippet.text)item.appendChild(text);
return item;
}
showPages(answer){
const nav=$("search-pages");
const last=Math.max(1,Math.ceil(answer.total / PAGE));
nav.textContent="";
nav.hidden=last===1&&this.state.page===1;
const add=(key,page,possible)=>{
const button=make("button","search-page",this.say(key));
button.type="button";
button.disabled=!possible;
button.addEventListener("click",()=>this.turnTo(page));
nav.appendChild(button);
};
add("previous",this.state.page - 1,this.state.page>1);
nav.appendChild(make("span","search-at",this.say("page",{page:this.state.page})));
add("next",this.state.page+1,this.state.page<last);
}
async turnTo(page){
await this.change({page:page});
$("search-results").focus();
}
async showFacets(){
const answer=this.answer;
if(!answer||answer.empty)return;
try{
const counted=await answer.countFacets();
if(answer!==this.answer)return;
const box=$("search-facets");
box.textContent="";
for(const facet of window.GovsiteSearch.FACETS){
const values=counted[facet];
if(values.length>1||this.state.filters[facet]!==undefined)box.appendChild(this.drawFacet(facet,values));
}
}catch(error){
this.showProblem(error);
}
}
drawFacet(facet,values){
const group=make("fieldset","search-facet");
group.appendChild(make("legend","",this.say(facet)));
const chosen=this.state.filters[facet];
const shown=values.filter((value,at)=>at<FIRST_VALUES||value.id===chosen);
const draw=(value)=>{
const button=make("button","search-value",value.name+" ");
button.type="button";
button.appendChild(make("span","search-count",String(value.count)));
button.setAttribute("aria-pressed",String(value.id===chosen));
button.addEventListener("click",()=>this.choose(facet,value.id===chosen?undefined:value.id));
group.appendChild(button);
};
shown.forEach(draw);
const rest=values.filter((value)=>shown.indexOf(value)<0);
if(!rest.length)return group;
const more=make("button","search-more",this.say("more",{count:rest.length}));
more.type="button";
more.addEventListener("click",()=>{
more.remove();
rest.forEach(draw);
group.querySelectorAll(".search-value")[shown.length].focus();
});
group.appendChild(more);
return group;
}
choose(facet,value){
const filters=Object.assign({},this.state.filters);
delete filters[facet];
if(value!==undefined)filters[facet]=value;
return this.change({filters:filters,page:1});
}
}
document.addEventListener("DOMContentLoaded",()=>{
const box=$("search");
if(box&&window.GovsiteSearch&&window.GovsiteSearch.Engine)window.govsiteSearchPage=new Page(box);
});
})();
