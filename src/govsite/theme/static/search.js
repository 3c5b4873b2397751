/* made by dev/make_search_script.py */
(function(root){
"use strict";
const search=(root.GovsiteSearch=root.GovsiteSearch||{});
const j_=new RegExp(
"[\\u0000-\\u002f\\u003a-\\u0060\\u007b-\\u00a9\\u00ab-\\u00b4\\u00b6-\\u00b9\\u00bb-\\u00bf\\u00d7\\u00f7"+
"\\u02b0-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u2000-\\u2bff\\u2e00-\\u2e7f\\u2fe0-\\u3004\\u3008-\\u3020"+
"\\u302a-\\u3030\\u303d-\\u303f\\u3099-\\u309c\\u30a0\\u30fb\\u4dc0-\\u4dff\\ud800-\\uf8ff\\ufe00-\\ufe2f"+
"\\ufeff\\ufff0-\\uffff\\u{1f000}-\\u{1fbff}\\u{e0000}-\\u{10ffff}]",
"u"
);
const d6="āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ";
const f8=new RegExp(
"[(（][a-zɡü"+d6+"' ]{0,12}["+d6+"][a-zɡü"+d6+"' ]{0,12}[)）]",
"g"
);
const j7="\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029";
const j$=/\s*([〔［[【(（﹝〈])\s*(\d{4}|[０-９]{4})\s*([〕］\]】)）﹞〉])\s*([\d０-９]+)\s*([号號])/g;
const g0=/([-－−])?(?:[\x22“”＂「]([^\x22“”＂」]*)[\x22“”＂」]?|([^\s\x22“”＂「]+))/g;
const j8=200;
const d1=new Map();
let e1=[];
const g_="[^\\u4e00-\\u9fff\\da-z]";
let h$=new RegExp(g_,"gu");
function useSimplified(m8){
const $7=Array.from(m8);
const e3=$7.length / 2;
if($7.slice(0,e3).every(($3)=>d1.has($3)))return;
for(let at=0;at<e3;at++)d1.set($7[at],$7[e3+at]);
h$=new RegExp(g_+"|["+Array.from(d1.keys()).join("")+"]","gu");
e1=[];
}
function g9($3){
const c4=$3.codePointAt(0);
let folded=e1[c4];
if(folded===undefined){
folded="";
if(j7.indexOf($3)>=0)folded="\n";
else
for(const part of $3.normalize("NFKD").toLowerCase())
if(!j_.test(part))folded+=d1.get(part)||part;
e1[c4]=folded;
}
return folded;
}
function fold(text){
return text.replace(f8,"").replace(h$,g9);
}
function foldWithPlaces(text){
const b$=[];
text.replace(f8,($1,place)=>b$.push([place,place+$1.length])&&$1);
const at=[];
let i0="";
let place=0;
for(const $3 of text){
while(b$.length&&place>=b$[0][1])b$.shift();
if(!b$.length||place<b$[0][0]){
const folded=g9($3);
for(let unit=0;unit<folded.length;unit++)at.push(place);
i0+=folded;
}
place+=$3.length;
}
at.push(place);
return{text:i0,at:at};
}
function compare(a,b){
const i1=(unit)=>(unit<0xd800?unit:unit<0xe000?unit+0x2000:unit - 0x800);
const length=Math.min(a.length,b.length);
for(let at=0;at<length;at++)
if(a.charCodeAt(at)!==b.charCodeAt(at))return i1(a.charCodeAt(at))- i1(b.charCodeAt(at));
return a.length - b.length;
}
function parseQuery(query){
const parsed={words:[],excluded:[],tooLong:Array.from(query).length>j8};
if(parsed.tooLong)return parsed;
const l5=query.replace(j$,"$1$2$3$4$5");
const i3=new Set();
let match;
g0.lastIndex=0;
while((match=g0.exec(l5))){
const raw=match[2]===undefined?match[3]:match[2];
const text=fold(raw).replace(/\n/g,"");
const e$=match[1]!==undefined;
if(!text||i3.has(e$+text))continue;
i3.add(e$+text);
(e$?parsed.excluded:parsed.words).push({text:text,raw:raw});
}
return parsed;
}
function expandSynonyms($_,e2){
const $1=[$_];
for(const _4 of e2){
const h1=_4.filter(($$)=>$_.indexOf($$)>=0).sort((a,b)=>b.length - a.length)[0];
if(h1===undefined)continue;
for(const f_ of _4){
const i5=$_.replace(h1,()=>f_);
if($1.indexOf(i5)<0)$1.push(i5);
}
}
return $1;
}
function parsePinyin($_,syllables){
if(!/^[a-z]{2,24}$/.test($_))return [];
const whole=new Set(syllables);
const h0=new Set(["zh","ch","sh"].concat(syllables.map(($$)=>$$[0])));
const c3=(part)=>syllables.some(($$)=>$$.length>part.length&&$$.startsWith(part));
const e9=new Map();
const read=(at)=>{
if(at===$_.length)return [[0]];
if(e9.has(at))return e9.get(at);
let ways=[];
for(let $9=at+1;$9<=Math.min($_.length,at+6);$9++){
const part=$_.slice(at,$9);
const g5=whole.has(part)?1:h0.has(part)||($9===$_.length&&c3(part))?3:0;
if(g5)for(const rest of read($9))ways.push([rest[0]+g5,part].concat(rest.slice(1)));
}
ways.sort((a,b)=>a[0] - b[0]||(a.slice(1).join(" ")<b.slice(1).join(" ")?-1:1));
ways=ways.filter(($2)=>$2[0]<=ways[0][0]+1).slice(0,4);
e9.set(at,ways);
return ways;
};
const ways=read(0).map(($2)=>$2.slice(1));
const e5=$_.split("");
const m$=ways.some(($2)=>$2.some((part)=>!whole.has(part)));
const l6=ways.some(($2)=>$2.length===e5.length);
if((m$||!ways.length)&&!l6&&e5.every(($$)=>h0.has($$)))ways.push(e5);
return ways;
}
function findUnits(units,read,whole){
const l0=(unit,syllable)=>(whole.has(unit)?unit===syllable:syllable.startsWith(unit));
for(let at=0;at+units.length<=read.length;at++)
if(units.every((unit,i_)=>read[at+i_]&&l0(unit,read[at+i_])))return at;
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
const j4=2;
const f6=Array.from({length:95},(_,at)=>String.fromCharCode(32+at))
.filter(($3)=>"\x22\\<".indexOf($3)<0)
.join("");
const d4=f6.length;
const c0=60;
const g$=16;
const j0=22;
const j5=300;
const f9=2048;
const b0=new Uint8Array(128);
Array.from(f6).forEach(($3,at)=>(b0[$3.charCodeAt(0)]=at));
const c$={};
root.govsiteSearch=function(f3,name,_2){
if(c$[name])c$[name](f3,_2);
};
class PartError extends Error{
constructor(reason,name){
super(reason+" "+name);
this.reason=reason;
this.part=name;
}
}
function l2(b1,name){
return new Promise((m5,m4)=>{
const b8=document.createElement("script");
const d9=(reason,_2)=>{
delete c$[name];
b8.remove();
if(reason)m4(new PartError(reason,name));
else m5(_2);
};
c$[name]=(f3,_2)=>d9(f3===j4?"":"version",_2);
b8.onload=()=>c$[name]&&d9("broken");
b8.onerror=()=>d9("missing");
b8.src=b1+name+".js";
document.head.appendChild(b8);
});
}
function m3(text){
const numbers=[];
let rest=0;
for(let at=0;at<text.length;at++){
const a0=b0[text.charCodeAt(at)];
if(a0<c0){
numbers.push(rest*c0+a0);
rest=0;
}else rest=rest*(d4 - c0)+a0 - c0+1;
}
return numbers;
}
class i9{
constructor(text){
this.text=text;
this.place=0;
this.held=0;
this.count=0;
}
fill(){
const left=this.text.length - this.place;
if(left<1)throw new PartError("broken","list");
const __=b0[this.text.charCodeAt(this.place)];
const a3=left>1;
this.held=a3?__*d4+b0[this.text.charCodeAt(this.place+1)]:__;
this.count=a3?13:6;
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
const d2=Math.min(width,this.count);
this.count -=d2;
value=value*(1<<d2)+((this.held>>this.count)&((1<<d2)- 1));
width -=d2;
}
return value;
}
}
function readList(text,scale,k8){
if(!text)return{slots:new Int32Array(0),classes:new Uint8Array(0)};
const a$=new i9(text);
let f5=0;
while(!a$.bit())f5++;
const count=(1<<f5)+a$.bits(f5);
const h8=Math.floor(Math.floor((scale*11)/ 16)/ count);
const width=h8?31 - Math.clz32(h8):0;
const list={slots:new Int32Array(count),classes:new Uint8Array(count)};
let slot=(k8||0)- 1;
for(let at=0;at<count;at++){
let d0=0;
while(d0<g$&&a$.bit())d0++;
slot+=1+(d0===g$?a$.bits(j0):d0*(1<<width)+a$.bits(width));
list.slots[at]=slot;
list.classes[at]=!a$.bit()?0:!a$.bit()?3:a$.bit()?2:1;
}
return list;
}
const i$=(_0)=>Array.from(_0,($3)=>$3.codePointAt(0).toString(16)).join("-");
const i6=(text)=>
text.replace(/[0-z]/g,($3)=>String.fromCharCode($3.charCodeAt(0)+0x2d0));
function m2(_2,$3){
const at=_2.indexOf("<"+i6($3));
return at<0?"":_2.slice(at+1+$3.length).split("<",1)[0];
}
function l4(a,b){
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
function g8(_7,_0){
let _1=-1;
for(let __=_7.length;__ - _1>1;){
const f$=(_1+__)>>1;
if(search.compare(_7[f$],_0)<=0)_1=f$;
else __=f$;
}
return _1;
}
function e0(_7,_1,__){
return _7.slice(Math.max(0,g8(_7,_1)),g8(_7,__)+1);
}
class Index{
constructor(b1,e7){
this.fetchPart=e7||((name)=>l2(b1,name));
this.parts=new Map();
this.codes={};
}
part(name){
let held=this.parts.get(name);
if(!held){
held=this.fetchPart(name);
held.catch(()=>this.parts.delete(name));
}else this.parts.delete(name);
this.parts.set(name,held);
if(this.parts.size>j5)this.parts.delete(this.parts.keys().next().value);
return held;
}
open(){
if(!this.opening){
this.opening=this.fetchPart("manifest").then((manifest)=>{
this.manifest=manifest;
this.pages=manifest.pages?manifest.pages.split(" "):[];
const newest=manifest.newest;
this.newest=newest[2]?newest[2].split(" "):[];
this.readMain=($8)=>readList($8,manifest.scale);
this.readNew=($8)=>readList($8,newest[1],newest[0]);
this.common=new Set(manifest.common?manifest.common.split(" "):[]);
this.withdrawn=this.flags(manifest.withdrawn);
this.answers=this.flags(manifest.answers);
return this;
});
this.opening.catch(()=>(this.opening=null));
}
return this.opening;
}
flags($8){
const flags=new Uint8Array(this.manifest.scale);
for(const slot of readList($8,this.manifest.scale).slots)flags[slot]=1;
return flags;
}
async page(b4){
return(await this.part("d/"+i$(b4))).split(" ");
}
async partsOf(_1,__){
const $1=e0(this.newest,_1,__).map((b4)=>["n",b4]);
const pages=await Promise.all(e0(this.pages,_1,__).map((page)=>this.page(page)));
for(const _7 of pages)for(const b4 of e0(_7,_1,__))$1.push(["g",b4]);
return $1;
}
async lists(_1,__,m0){
const $3=Array.from(_1)[0];
const parts=await this.partsOf(_1,__);
const m_=await Promise.all(parts.map((part)=>this.part(part[0]+"/"+i$(part[1]))));
const lists=[];
m_.forEach((_2,at)=>{
const read=parts[at][0]==="g"?this.readMain:this.readNew;
(m2(_2,$3).match(m0)||[]).forEach(($1)=>lists.push(read($1.replace(/^.?[^ -~]+/,""))));
});
return lists;
}
async list(_0){
const rest=i6(Array.from(_0).slice(1).join(""));
const a7=new RegExp((rest?"(?:^|[ -~])"+rest:"^")+"[ -~]+");
return(await this.lists(_0,_0,a7)).reduceRight(l4,readList(""));
}
async listsOf($3){
const $5=new Int8Array(this.manifest.scale).fill(-1);
let count=0;
for(const list of await this.lists($3,$3+"\u{10ffff}",/[ -~]+/g))
list.slots.forEach((slot,$$)=>{
if($5[slot]<0)count++;
if($5[slot]<list.classes[$$])$5[slot]=list.classes[$$];
});
const list={slots:new Int32Array(count),classes:new Uint8Array(count)};
for(let slot=$5.length;slot-->0;)
if($5[slot]>=0){
list.slots[--count]=slot;
list.classes[count]=$5[slot];
}
return list;
}
async text(slot){
const _8=slot>>1;
const _2=await this.part("t/"+(_8>>8)+"/"+(_8&255));
return _2[_2.indexOf(slot)+1];
}
piece(slot,_8){
return this.part("x/"+slot+"-"+_8);
}
async cards($0,slots){
const facets=["kind","column","topic","validity","domain"];
const held=this.codes[$0]||{codes:new Uint16Array(this.manifest.scale).fill(65535),read:new Set()};
const codes=(this.codes[$0]=held).codes;
const k7=Array.from(new Set(Array.from(slots,(slot)=>Math.floor(slot / f9))));
await Promise.all(
k7.map(async(b2)=>{
if(held.read.has(b2))return;
const g4=await this.part("c/"+b2);
const $8=$0==="issuer"?await this.part("i/"+b2):g4[1+facets.indexOf($0)];
const h_=m3(g4[0]);
const width=Math.round($8.length / h_.length);
let slot=b2*f9 - 1;
h_.forEach((l1,at)=>{
slot+=l1+1;
codes[slot]=0;
for(let a0=0;a0<width;a0++)
codes[slot]=codes[slot]*d4+b0[$8.charCodeAt(at*width+a0)];
});
held.read.add(b2);
})
);
return codes;
}
async values($0){
if($0!=="issuer")return this.manifest.facets[$0];
return(await this.part("i/values")).map((issuer)=>[issuer,issuer]);
}
}
Object.assign(search,{Index:Index,PartError:PartError,readList:readList});
})(window);
(function(root){
"use strict";
const search=(root.GovsiteSearch=root.GovsiteSearch||{});
const k4="\ue7fe";
const k3="\ue7ff";
const j2=0xe000;
const f7=10;
const k$=500;
const j9=40;
const j6=0.25;
const g1=0x400000;
const j1="key url title docNo indexNo kind column topic domain issuer published validity inForce keywords summary"
.split(" ")
.concat("elements text attachments interpretations traditional rare pieces".split(" "));
const FACETS=["kind","column","year","issuer","topic","validity","domain"];
const EXACT=6;
const BEGINS=5;
const TITLE=4;
const KEYWORD=3;
const SEVERAL=1;
function planGrams($7,h4){
const a3=(at)=>$7[at]+$7[at+1];
const _6=[];
for(let at=0;at+1<$7.length;at++)
_6.push(at+2<$7.length&&h4(a3(at))&&h4(a3(at+1))?at+3:at+2);
const _9={cover:[],rest:[]};
let a8=0;
for(let _3=0;_3<$7.length;_3=a8){
let $5=0;
for(let at=0;at<_6.length&&at<=_3;at++)if(_6[at]>=_6[$5])$5=at;
if($5===_3&&_3){
const h5=_6[_3 - 1]>_3+1||_3<2||_6[_3 - 2]<=_3?_3 - 1:_3 - 2;
_9.rest.push($7.slice(h5,_6[h5]).join(""));
}
a8=_6[$5];
_9.cover.push($7.slice($5,a8).join(""));
}
return _9;
}
function b6(a,b){
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
function n1(lists){
if(lists.length===1)return lists[0];
const $5=new Map();
for(const list of lists)
list.slots.forEach((slot,at)=>$5.set(slot,Math.max($5.get(slot)||0,list.classes[at])));
const slots=Int32Array.from($5.keys()).sort();
return{slots:slots,classes:Uint8Array.from(slots,(slot)=>$5.get(slot))};
}
function d3(list,size){
const flags=new Uint8Array(size);
for(const slot of list.slots)flags[slot]=1;
return flags;
}
function m7(list,flags){
const h6=Int32Array.from(list.slots.keys()).filter((at)=>!flags[list.slots[at]]);
return{slots:h6.map((at)=>list.slots[at]),classes:Uint8Array.from(h6,(at)=>list.classes[at])};
}
function l$(line,$_){
let hits=0;
for(let at=line.indexOf($_);at>=0;at=line.indexOf($_,at+1))hits++;
return hits;
}
class Engine{
constructor(b1,e7){
this.index=new search.Index(b1,e7);
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
this.whole=new Map(this.syllables.map(($$,at)=>[$$,String.fromCharCode(j2+at)]));
this.usual=new Map();
for(const _4 of part[1]?part[1].split(" "):[]){
const syllable=/^[a-z]*/.exec(_4)[0];
for(const $3 of _4.slice(syllable.length))this.usual.set($3,syllable);
}
}
async understand(query){
const parsed=search.parseQuery(query);
const e2=this.index.manifest.synonyms;
for(const $_ of parsed.words){
$_.ways=search.expandSynonyms($_.text,e2).map((text)=>({text:text}));
if(!/^[a-z]{2,24}$/.test($_.text))continue;
await this.loadPinyin();
for(const units of search.parsePinyin($_.text,this.syllables))$_.ways.push({units:units});
}
return parsed;
}
async findText(text){
const $7=Array.from(text);
if($7.length===1){
const whole=this.index.manifest.everywhere.indexOf(text)>=0;
return{list:await(whole?this.index.list(text):this.index.listsOf(text)),certain:true};
}
const _9=planGrams($7,(a3)=>this.index.common.has(a3));
let list=await this.findAll(_9.cover);
if(list.slots.length>f7&&_9.rest.length)list=b6(list,await this.findAll(_9.rest));
return{list:list,certain:_9.cover.length===1};
}
async findAll(c6){
const lists=await Promise.all(c6.map((_0)=>this.index.list(_0)));
return lists.sort((a,b)=>a.slots.length - b.slots.length).reduce(b6);
}
async findWay($2,c2){
const $1=await($2.text?this.findText($2.text):this.findUnits($2.units));
const good=$1.list.classes.reduce((f1,$$)=>f1+($$>1),0);
let a5=($$)=>($$===3?TITLE:$$===2?KEYWORD:$$);
if(c2&&$2.text&&good>f7)a5=await this.boundByMarks(Array.from($2.text));
else if(c2&&$2.text)a5=($$)=>($$>1?EXACT:$$);
const n_=$1.list.classes.map(($$,at)=>a5($$,$1.list.slots[at]));
return{list:{slots:$1.list.slots,classes:n_},certain:$1.certain};
}
async boundByMarks($7){
const a9=[k4+$7[0],$7[$7.length - 1]+k3].map((_0)=>this.index.list(_0));
const lists=await Promise.all(a9);
const c3=d3(lists[0],this.index.manifest.scale);
const _6=d3(lists[1],this.index.manifest.scale);
return($$,slot)=>{
if($$<2)return $$;
if(c3[slot]&&_6[slot])return EXACT;
return $$===2?KEYWORD:c3[slot]?BEGINS:TITLE;
};
}
async findUnits(units){
const c8=units.map((unit)=>this.whole.get(unit)||"");
const texts=c8.map((l7)=>l7||" ").join("").split(" ").filter(($$)=>$$.length>1);
if(units.length===1&&c8[0])texts.push(c8[0]);
else if(c8.indexOf("")>=0)texts.push(units.map((unit)=>unit[0].toUpperCase()).join(""));
const $1=await Promise.all(texts.map((text)=>this.findText(text)));
return{list:$1.map(($$)=>$$.list).reduce(b6),certain:false};
}
async findCandidates(parsed){
const c2=parsed.words.length===1;
const $1=await Promise.all(
parsed.words.map(async($_)=>{
const ways=await Promise.all($_.ways.map(($2)=>this.findWay($2,c2)));
return{list:n1(ways.map(($2)=>$2.list)),certain:ways.every(($2)=>$2.certain)};
})
);
let list=$1.map(($$)=>$$.list).reduce(b6);
let certain=$1.every(($$)=>$$.certain);
for(const $_ of parsed.excluded){
const d7=await this.findText($_.text);
certain=certain&&d7.certain;
if(d7.certain)list=m7(list,d3(d7.list,this.index.manifest.scale));
}
return{list:list,certain:certain};
}
async boundAdjacent(parsed){
const words=parsed.words.map(($_)=>Array.from($_.text));
const c6=words.slice(1).map(($_,at)=>words[at][words[at].length - 1]+$_[0]);
if(!c6.length)return null;
const lists=await Promise.all(c6.map((_0)=>this.index.list(_0)));
return d3(lists.reduce(b6),this.index.manifest.scale);
}
async ask(query,l9){
const chosen=Object.assign({sort:"relevance",filters:{}},l9);
await this.index.open();
let parsed=await this.understand(query);
if(parsed.tooLong||!parsed.words.length||!this.index.pages.length)return new Answer(this,parsed,null,chosen);
let $1=await this.findCandidates(parsed);
if(!this.knowsTraditional&&(!$1.list.slots.length||parsed.excluded.length)&&/[^\0-\u2fff]/.test(query)){
await this.loadTraditional();
const g2=await this.understand(query);
if(JSON.stringify(g2)!==JSON.stringify(parsed))$1=await this.findCandidates((parsed=g2));
}
const answer=new Answer(this,parsed,$1,chosen);
await answer.prepare();
return answer;
}
}
class Answer{
constructor(engine,parsed,$1,chosen){
this.engine=engine;
this.index=engine.index;
this.parsed=parsed;
this.chosen=chosen;
this.empty=!$1;
this.certain=!$1||$1.certain;
this.all=$1?$1.list:{slots:new Int32Array(0),classes:new Uint8Array(0)};
this.hits=[];
this.proved=new Map();
this.texts=this.good=0;
this.left=0;
this.failures=[];
}
async prepare(){
const i2=this.chosen.sort!=="date";
const c1=i2?await this.engine.boundAdjacent(this.parsed):null;
const d_=await this.passFilters(FACETS);
const queue=[];
this.all.slots.forEach((slot,at)=>{
const key=()=>this.key(slot,this.all.classes[at],c1&&c1[slot]);
if(d_(slot))queue.push(i2?key():slot);
});
this.queue=Float64Array.from(queue).sort();
this.left=this.queue.length;
}
key(slot,b_,c1){
const answers=this.index.answers[slot]&&b_>=KEYWORD?1:0;
const inForce=this.index.withdrawn[slot]?0:1;
return(((answers*8+b_)*2+(c1?1:0))*2+inForce)*g1+slot;
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
const f4=facets.filter(($0)=>this.chosen.filters[$0]!==undefined);
const n$=await Promise.all(
f4.map(async($0)=>{
const value=String(this.chosen.filters[$0]);
if($0==="year")return(slot)=>String(this.year(slot))===value;
const c4=(await this.index.values($0)).findIndex(($$)=>$$[0]===value);
const codes=await this.index.cards($0,this.all.slots);
return(slot)=>codes[slot]===c4;
})
);
return(slot)=>n$.every((test)=>test(slot));
}
async countFacets(facets){
const a_={};
const slots=this.all.slots.filter((slot)=>this.proved.get(slot)!==null);
for(const $0 of facets){
const d_=await this.passFilters(FACETS.filter((f_)=>f_!==$0));
const a6=new Map();
if($0==="year"){
for(const slot of slots)
if(d_(slot))a6.set(this.year(slot),(a6.get(this.year(slot))||0)+1);
a_.year=Array.from(a6,($$)=>({id:String($$[0]),name:String($$[0]),count:$$[1]}))
.filter(($$)=>$$.id!=="0")
.sort((a,b)=>b.id - a.id);
continue;
}
const values=await this.index.values($0);
const codes=values.length>1?await this.index.cards($0,this.all.slots):[];
for(const slot of values.length>1?slots:[])
if(d_(slot))a6.set(codes[slot],(a6.get(codes[slot])||0)+1);
a_[$0]=Array.from(a6,($$)=>({id:values[$$[0]][0],name:values[$$[0]][1],count:$$[1]}))
.filter(($$)=>$$.id)
.sort((a,b)=>b.count - a.count||search.compare(a.id,b.id));
}
return a_;
}
async page(from,count){
const l8=this.texts+k$;
while(this.hits.length<from+count&&this.left>0&&this.texts<l8){
const f4=from+count - this.hits.length;
const size=Math.min(this.left,j9,Math.ceil(f4 / Math.max(j6,this.good / this.texts||1)));
const k6=Array.from(this.queue.slice(this.left - size,this.left)).reverse();
await this.prove(k6.map((key)=>key % g1));
}
return this.hits.slice(from,from+count);
}
async prove(slots){
await Promise.all(slots.filter((slot)=>!this.proved.has(slot)).map((slot)=>this.proveOne(slot)));
this.left -=slots.length;
const hits=slots.map((slot)=>this.proved.get(slot)).filter(($4)=>$4);
hits.sort((a,b)=>b.key - a.key);
const a5=this.left?this.queue[this.left - 1]:-1;
const g3=hits.filter(($4)=>$4.key<a5);
for(const $4 of hits)if($4.key>=a5)this.hits.push($4.document);
if(!g3.length)return;
this.queue=Float64Array.from(Array.from(this.queue.slice(0,this.left)).concat(g3.map(($4)=>$4.key))).sort();
this.left=this.queue.length;
}
async proveOne(slot){
this.texts++;
const document=await this.read(slot);
const b7=document&&this.judge(document);
if(b7&&this.chosen.sort==="date")b7.key=slot;
if(!document)this.failures.push(slot);
if(b7)this.good++;
this.proved.set(slot,b7&&{key:b7.key,document:document});
}
async read(slot){
try{
const a7=await this.index.text(slot);
if(a7[19]===1)await this.engine.loadTraditional();
else if(a7[19])search.useSimplified(a7[19]);
const document={slot:slot};
j1.forEach((name,at)=>(document[name]=a7[at]));
if(typeof document.key==="number")document.key=document.url.slice(0,document.key);
await this.foldDocument(document);
return document;
}catch(_$){
if(!(_$ instanceof search.PartError))throw _$;
this.failure=_$;
return null;
}
}
async foldDocument(document){
const facets=this.index.manifest.facets;
const name=($0)=>(facets[$0].find(($$)=>$$[0]===document[$0])||["",""])[1];
const a2=[document.summary,document.issuer,name("column"),name("topic"),name("domain")];
const places=a2.concat(document.elements,document.text.split("\n")).map((line)=>({line:line}));
document.attachments.forEach((file)=>
[file[0]].concat(file[2].split("\n")).forEach((line)=>places.push({line:line,file:file}))
);
for(let _8=0;_8<document.pieces;_8++)
for(const piece of await this.index.piece(document.slot,_8))
for(const line of piece[1].split("\n"))places.push({line:line,file:document.attachments[piece[0]]});
const c5=(line)=>search.fold(line).replace(/\n/g,"");
document.places=places;
document.folded={
title:c5(document.title),
numbers:[document.docNo,document.indexNo].map(c5),
keywords:document.keywords.map(c5),
column:c5(name("column")),
body:places.map((place)=>search.fold(place.line)),
};
}
judge(document){
const folded=document.folded;
const a2=[folded.title].concat(folded.numbers,folded.keywords,folded.body);
if(this.parsed.excluded.some(($_)=>a2.some((line)=>line.indexOf($_.text)>=0)))return null;
let b_=this.parsed.words.length>1?TITLE:EXACT;
for(const $_ of this.parsed.words){
const $5=Math.max.apply(null,$_.ways.map(($2)=>this.judgeWay(document,$2)));
if($5<0)return null;
b_=Math.min(b_,$5);
}
const texts=this.parsed.words.map(($_)=>$_.text);
const n0=texts.slice(1).every(($_,at)=>a2.some((line)=>line.indexOf(texts[at]+$_)>=0));
return{key:this.key(document.slot,b_,texts.length>1&&n0)};
}
judgeWay(document,$2){
const folded=document.folded;
if($2.units)return this.judgeUnits(document,$2.units);
const $_=$2.text;
if(folded.title===$_||folded.numbers.indexOf($_)>=0)return EXACT;
const place=folded.title.indexOf($_);
if(place>=0)return place?TITLE:BEGINS;
if(folded.numbers.concat(folded.keywords).some((line)=>line.indexOf($_)>=0))return KEYWORD;
const hits=folded.body.reduce((f1,line)=>f1+l$(line,$_),0);
return hits>1?SEVERAL:hits - 1;
}
judgeUnits(document,units){
const folded=document.folded;
const a2=[folded.title].concat(folded.keywords,folded.column);
const read=Array.from(a2.join("\n"),($3)=>this.engine.usual.get($3)||"");
for(const rare of document.rare?document.rare.split(" "):[])
read[parseInt(rare,10)]=rare.replace(/^\d+/,"");
const line=(from,to)=>search.findUnits(units,read.slice(from,to),this.engine.whole)>=0;
const title=Array.from(folded.title).length;
const keywords=Array.from(a2.slice(0,-1).join("\n")).length;
if(line(0,title))return TITLE;
if(line(title+1,keywords))return KEYWORD;
return line(keywords+1)?0:-1;
}
}
Object.assign(search,{Answer:Answer,Engine:Engine,FACETS:FACETS,planGrams:planGrams});
})(window);
(function(){
"use strict";
const c_=10;
const k2=24;
const d5=120;
const k1=12;
const k_=5;
const j3=6;
const k5="(min-width: 60rem)";
const i7=20000;
const i8=2000;
const $=(id)=>document.getElementById(id);
const $6=(m9,className,text)=>{
const b3=document.createElement(m9);
if(className)b3.className=className;
if(text)b3.textContent=text;
return b3;
};
function f0(){
const $8=location.hash.indexOf("q=")===1?location.hash.slice(1):location.search;
const b5=new URLSearchParams($8);
const state={query:b5.get("q")||"",sort:b5.get("sort")==="date"?"date":"relevance",filters:{}};
state.page=Math.max(1,parseInt(b5.get("page"),10)||1);
for(const $0 of window.GovsiteSearch.FACETS)if(b5.get($0)!==null)state.filters[$0]=b5.get($0);
return state;
}
function n2(state){
const $8=new URLSearchParams();
$8.set("q",state.query);
if(state.sort==="date")$8.set("sort","date");
for(const $0 of Object.keys(state.filters))$8.set($0,state.filters[$0]);
if(state.page>1)$8.set("page",state.page);
try{
history.pushState(null,"","?"+$8);
}catch(n3){
location.hash=$8;
}
}
function e8(b3,text,words){
const folded=window.GovsiteSearch.foldWithPlaces(text);
const a9=new Uint8Array(text.length);
for(const $_ of words)
for(let at=folded.text.indexOf($_);at>=0;at=folded.text.indexOf($_,at+1))
a9.fill(1,folded.at[at],folded.at[at+$_.length - 1]+1);
for(let at=0;at<text.length;){
let $9=at+1;
while($9<text.length&&(a9[$9]===a9[at]||e4(text,$9)))$9++;
const piece=text.slice(at,$9);
b3.appendChild(a9[at]?$6("mark","",piece):document.createTextNode(piece));
at=$9;
}
}
function e4(text,at){
const unit=text.charCodeAt(at);
return unit>=0xdc00&&unit<0xe000;
}
function l_($4,words){
const places=$4.places.filter((place,at)=>!at||at>=k_);
const k9=(place)=>words.some(($_)=>window.GovsiteSearch.fold(place.line).indexOf($_)>=0);
const l3=(place)=>place.line.length>=k1&&!/[:\uff1a]\s*$/.test(place.line);
const text=places.slice(1);
const place=places.find(k9)||($4.summary?places[0]:text.find(l3)||text.find(($$)=>$$.line.trim()));
if(!place)return{text:""};
const h9=window.GovsiteSearch.foldWithPlaces(place.line);
const hits=words.map(($_)=>h9.text.indexOf($_)).filter(($$)=>$$>=0);
const from=hits.length?Math.max(0,h9.at[Math.min.apply(null,hits)] - k2):0;
const start=e4(place.line,from)?from - 1:from;
const $9=e4(place.line,start+d5)?start+d5+1:start+d5;
const a4=(start?"…":"")+place.line.slice(start,$9)+($9<place.line.length?"…":"");
return{text:a4,file:place.file};
}
class k0{
constructor(box){
this.box=box;
this.words=JSON.parse($("search-words").textContent);
this.root=box.dataset.root;
this.engine=new window.GovsiteSearch.Engine(box.dataset.index);
this.turn=0;
this.listen();
this.show(f0());
}
say(key,a1){
return this.words[key].replace(/\{(\w+)\}/g,(whole,name)=>(a1&&name in a1?a1[name]:whole));
}
listen(){
this.box.querySelector("form").addEventListener("submit",(event)=>{
event.preventDefault();
this.go({query:$("search-query").value,sort:this.state.sort,filters:{},page:1});
});
const f2=$("search-query");
f2.oninput=()=>{
clearTimeout(this.timer);
this.timer=setTimeout(()=>/.[^ -~]$/.test(f2.value)&&this.engine.ask(f2.value).catch(()=>0),250);
};
$("search-sort").addEventListener("change",(event)=>this.change({sort:event.target.value,page:1}));
$("search-clear").addEventListener("click",()=>this.change({filters:{},page:1}));
$("search-filters").addEventListener("toggle",()=>$("search-filters").open&&this.showFacets());
window.addEventListener("popstate",()=>this.show(f0()));
window.addEventListener("hashchange",()=>this.show(f0()));
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
const a4=this.show(state);
n2(state);
return a4;
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
const hits=answer.empty?[]:await answer.page((state.page - 1)*c_,c_);
if(turn===this.turn)this.showAnswer(answer,hits);
}catch(_$){
if(turn===this.turn)this.showProblem(_$);
}
if(turn===this.turn)this.box.removeAttribute("aria-busy");
return undefined;
}
showNothing(text){
$("search-status").textContent=text;
$("search-found").hidden=true;
this.box.removeAttribute("aria-busy");
}
showProblem(_$){
if(!(_$ instanceof window.GovsiteSearch.PartError))throw _$;
this.showNothing("");
$("search-problem").textContent=this.say(_$.reason,{part:_$.part});
$("search-problem").hidden=false;
}
showAnswer(answer,hits){
this.answer=answer;
if(answer.parsed.tooLong)return this.showNothing(this.say("too_long"));
const e_=Object.keys(this.state.filters).length>0;
if(!hits.length&&!e_&&!answer.failures.length)
return this.showNothing(this.say("none",{query:this.state.query.trim()}));
const count=this.say(answer.isExact?"total":"about",{count:answer.total});
const page=this.state.page>1?" "+this.say("page",{page:this.state.page}):"";
$("search-status").textContent=hits.length?count+page:this.say("none_filtered");
$("search-found").hidden=false;
this.showFailures(answer);
this.showHits(hits);
this.showPages(answer);
const filters=$("search-filters");
const m6=this.engine.index.manifest.documents<=i7;
if(e_||(m6&&window.matchMedia(k5).matches&&!this.touched))filters.open=this.touched=true;
$("search-clear").hidden=!e_;
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
for(const $_ of this.answer.parsed.words)for(const $2 of $_.ways)if($2.text)words.push($2.text);
const list=$("search-hits");
list.textContent="";
list.start=(this.state.page - 1)*c_+1;
for(const $4 of hits)list.appendChild(this.drawHit($4,words));
}
drawHit($4,words){
const c7=$6("li","search-hit");
const head=$6("h3","search-title");
if($4.kind==="question")head.appendChild($6("span","search-answer",this.say("answers")));
const e6=$6("a");
e6.href=this.root+$4.url;
e8(e6,$4.title,words);
head.appendChild(e6);
for(const h2 of $4.interpretations){
const d8=$6("a","search-interpretation",this.say("interpretation"));
d8.href=this.root+h2[1];
d8.title=h2[0];
head.appendChild(d8);
}
c7.appendChild(head);
const a1=$6("p","search-facts");
const facets=this.engine.index.manifest.facets;
const name=($0)=>(facets[$0].find(($$)=>$$[0]===$4[$0])||["",""])[1];
for(const g7 of [$4.docNo,$4.issuer,name("column"),$4.published]){
if(!g7)continue;
const i4=$6("span");
e8(i4,g7,words);
a1.appendChild(i4);
}
if($4.validity)a1.appendChild($6("span",$4.inForce?"search-valid":"search-invalid",name("validity")));
c7.appendChild(a1);
const b9=l_($4,words);
const text=$6("p","search-snippet");
if(b9.file){
const file=$6("a","search-file",this.say("in_attachment")+" "+b9.file[0]);
file.href=this.root+b9.file[1];
text.appendChild(file);
}
e8(text,b9.text,words);
if(b9.text)c7.appendChild(text);
return c7;
}
showPages(answer){
const d$=$("search-pages");
const a8=Math.max(1,Math.ceil(answer.total / c_));
d$.textContent="";
d$.hidden=a8===1&&this.state.page===1;
const add=(key,page,m1)=>{
const _5=$6("button","search-page",this.say(key));
_5.type="button";
_5.disabled=!m1;
_5.addEventListener("click",()=>this.turnTo(page));
d$.appendChild(_5);
};
add("previous",this.state.page - 1,this.state.page>1);
d$.appendChild($6("span","search-at",this.say("page",{page:this.state.page})));
add("next",this.state.page+1,this.state.page<a8);
}
async turnTo(page){
await this.change({page:page});
$("search-results").focus();
}
async showFacets(){
const answer=this.answer;
if(!answer||answer.empty)return;
try{
const h7=this.state.filters.issuer===undefined&&this.engine.index.manifest.documents>i8;
const facets=window.GovsiteSearch.FACETS.filter(($0)=>$0!=="issuer"||!h7);
const a_=await answer.countFacets(facets);
if(answer!==this.answer)return;
const box=$("search-facets");
box.textContent="";
for(const $0 of facets){
const values=a_[$0];
if(values.length>1||this.state.filters[$0]!==undefined)box.appendChild(this.drawFacet($0,values));
}
if(h7)box.appendChild(this.drawIssuers(answer));
}catch(_$){
this.showProblem(_$);
}
}
drawIssuers(answer){
const box=$6("details","search-facet");
box.appendChild($6("summary","",this.say("issuer")));
box.addEventListener("toggle",async()=>{
if(box.lastChild.tagName==="FIELDSET")return;
try{
const a_=await answer.countFacets(["issuer"]);
if(box.children.length<2)box.appendChild(this.drawFacet("issuer",a_.issuer));
}catch(_$){
this.showProblem(_$);
}
});
return box;
}
drawFacet($0,values){
const _4=$6("fieldset","search-facet");
_4.appendChild($6("legend","",this.say($0)));
const chosen=this.state.filters[$0];
const a4=values.filter((value,at)=>at<j3||value.id===chosen);
const g6=(value)=>{
const _5=$6("button","search-value",value.name+" ");
_5.type="button";
_5.appendChild($6("span","search-count",String(value.count)));
_5.setAttribute("aria-pressed",String(value.id===chosen));
_5.addEventListener("click",()=>this.choose($0,value.id===chosen?undefined:value.id));
_4.appendChild(_5);
};
a4.forEach(g6);
const rest=values.filter((value)=>a4.indexOf(value)<0);
if(!rest.length)return _4;
const c9=$6("button","search-more",this.say("more",{count:rest.length}));
c9.type="button";
c9.addEventListener("click",()=>{
c9.remove();
rest.forEach(g6);
_4.querySelectorAll(".search-value")[a4.length].focus();
});
_4.appendChild(c9);
return _4;
}
choose($0,value){
const filters=Object.assign({},this.state.filters);
delete filters[$0];
if(value!==undefined)filters[$0]=value;
return this.change({filters:filters,page:1});
}
}
document.addEventListener("DOMContentLoaded",()=>{
const box=$("search");
if(box&&window.GovsiteSearch&&window.GovsiteSearch.Engine)window.govsiteSearchPage=new k0(box);
});
})();
